/* The program's own malloc, of which allocations fail when they are told to. */
#ifndef ROLLCALL_TESTS_CAPI_COUNTED_MALLOC_H
#define ROLLCALL_TESTS_CAPI_COUNTED_MALLOC_H

enum { ALL_OF_THEM = -1 };

/* Counts from now on; after so many that succeed, all fail. */
void count_allocations(long succeeding);
/* Goes on counting. */
void let_allocations_succeed(void);
void stop_counting(void);

/* Since count_allocations(); and those that were not given back. */
long allocations_made(void);
long allocations_alive(void);

#endif
