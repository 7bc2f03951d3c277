/* malloc, calloc, realloc, aligned_alloc and free of this program. */
#include "counted_malloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

extern void* __libc_malloc(size_t size);
extern void* __libc_realloc(void* memory, size_t size);
extern void* __libc_memalign(size_t align, size_t size);
extern void __libc_free(void* memory);
void* aligned_alloc(size_t align, size_t size); /* C11's */

static long left = ALL_OF_THEM; /* so many allocations succeed */
static long alive = 0;          /* were made and not given back */
static long made = 0;
static int counts = 0;

static int may_allocate(void)
{
  if (!counts) return 1;
  if (left == 0) {
    errno = ENOMEM;
    return 0;
  }
  if (left != ALL_OF_THEM) --left;
  ++made;
  ++alive;
  return 1;
}

void* malloc(size_t size)
{
  return may_allocate() ? __libc_malloc(size) : NULL;
}

void* aligned_alloc(size_t align, size_t size)
{
  return may_allocate() ? __libc_memalign(align, size) : NULL;
}

void* calloc(size_t count, size_t size)
{
  void* memory = may_allocate() ? __libc_malloc(count * size) : NULL;
  return memory != NULL ? memset(memory, 0, count * size) : NULL;
}

void* realloc(void* memory, size_t size)
{
  if (memory == NULL) return malloc(size);
  if (counts && left == 0) return NULL;
  return __libc_realloc(memory, size);
}

void free(void* memory)
{
  if (counts && memory != NULL) --alive;
  __libc_free(memory);
}

void count_allocations(long succeeding)
{
  counts = 1;
  left = succeeding;
  made = alive = 0;
}

void let_allocations_succeed(void)
{
  left = ALL_OF_THEM;
}

void stop_counting(void)
{
  counts = 0;
}

long allocations_made(void)
{
  return made;
}

long allocations_alive(void)
{
  return alive;
}
