/* A reader of JSON that trusts its tests: what it is given was written by us. */
#include "json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
  const char* at;
  int failed;
} reader;

static void skip(reader* in)
{
  while (*in->at == ' ' || *in->at == '\n' || *in->at == '\r' || *in->at == '\t') ++in->at;
}

static int take(reader* in, char sign)
{
  skip(in);
  if (*in->at != sign) return 0;
  ++in->at;
  return 1;
}

static size_t put_utf8(char* out, unsigned long code)
{
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 0x3F));
  out[2] = (char)(0x80 | (code >> 6 & 0x3F));
  out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

static unsigned long read_hex(reader* in)
{
  char digits[5] = {0};
  memcpy(digits, in->at, 4);
  in->at += 4;
  return strtoul(digits, NULL, 16);
}

static size_t read_escape(reader* in, char* out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char* found;
  unsigned long code;
  const char sign = *in->at++;
  if (sign != 'u') {
    found = sign != '\0' ? strchr(from, sign) : NULL;
    if (found == NULL) in->failed = 1;
    *out = found != NULL ? to[found - from] : '?';
    return 1;
  }
  code = read_hex(in);
  if (code >= 0xD800 && code < 0xDC00 && in->at[0] == '\\' && in->at[1] == 'u') {
    in->at += 2;
    code = 0x10000 + ((code - 0xD800) << 10) + (read_hex(in) - 0xDC00);
  }
  return put_utf8(out, code);
}

static char* read_text(reader* in)
{
  char *text, *out;
  if (!take(in, '"')) {
    in->failed = 1;
    return NULL;
  }
  out = text = malloc(strlen(in->at) + 1);
  if (text == NULL) abort();
  while (*in->at != '"' && *in->at != '\0') {
    if (*in->at == '\\') {
      ++in->at;
      out += read_escape(in, out);
    } else {
      *out++ = *in->at++;
    }
  }
  if (*in->at == '"')
    ++in->at;
  else
    in->failed = 1;
  *out = '\0';
  return text;
}

static json_value* read_value(reader* in);

static void read_elements(reader* in, json_value* of, char close)
{
  json_value** last = &of->first;
  if (take(in, close)) return;
  do {
    char* name = NULL;
    if (of->kind == JSON_OBJECT) {
      name = read_text(in);
      if (!take(in, ':')) in->failed = 1;
    }
    *last = read_value(in);
    (*last)->name = name;
    last = &(*last)->next;
  } while (!in->failed && take(in, ','));
  if (!take(in, close)) in->failed = 1;
}

static char* copy(const char* text, size_t len)
{
  char* made = malloc(len + 1);
  if (made == NULL) abort();
  memcpy(made, text, len);
  made[len] = '\0';
  return made;
}

static json_value* read_value(reader* in)
{
  json_value* value = calloc(1, sizeof *value);
  if (value == NULL) abort();
  skip(in);
  value->raw = in->at;
  if (*in->at == '"') {
    value->kind = JSON_TEXT;
    value->text = read_text(in);
  } else if (take(in, '{')) {
    value->kind = JSON_OBJECT;
    read_elements(in, value, '}');
  } else if (take(in, '[')) {
    value->kind = JSON_LIST;
    read_elements(in, value, ']');
  } else {
    const size_t len = strcspn(in->at, ",]} \n\r\t");
    if (len == 0) in->failed = 1;
    value->text = copy(in->at, len);
    value->kind = strcmp(value->text, "null") == 0 ? JSON_NULL : JSON_BARE;
    in->at += len;
  }
  value->raw_len = (size_t)(in->at - value->raw);
  return value;
}

json_value* json_read(const char* text)
{
  reader in = {text, 0};
  json_value* value = read_value(&in);
  skip(&in);
  if (!in.failed && *in.at == '\0') return value;
  json_free(value);
  return NULL;
}

void json_free(json_value* value)
{
  while (value != NULL) {
    json_value* next = value->next;
    json_free(value->first);
    free(value->name);
    free(value->text);
    free(value);
    value = next;
  }
}

const json_value* json_find(const json_value* object, const char* name)
{
  const json_value* member;
  if (object == NULL || object->kind != JSON_OBJECT) return NULL;
  for (member = object->first; member != NULL; member = member->next) {
    const size_t len = strlen(member->name);
    if (strcmp(member->name, name) == 0) return member;
    if (strncmp(member->name, name, len) == 0 && name[len] == '.') {
      const json_value* found = json_find(member, name + len + 1);
      if (found != NULL) return found;
    }
  }
  return NULL;
}

void json_put_text(FILE* file, const char* text)
{
  fputc('"', file);
  for (; *text != '\0'; ++text) {
    const unsigned char sign = (unsigned char)*text;
    if (sign == '"' || sign == '\\')
      fprintf(file, "\\%c", sign);
    else if (sign < 0x20)
      fprintf(file, "\\u%04x", sign);
    else
      fputc(sign, file);
  }
  fputc('"', file);
}
