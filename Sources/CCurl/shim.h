#ifndef NUMERAL_CURL_H
#define NUMERAL_CURL_H

// The functions of libcurl (7.61 or later) that fetch a file. They are in a table that is filled when the first file is
// fetched.
//
// The library is loaded, not linked, as librsvg is. libcurl depends on some thirty libraries (TLS, HTTP/2, SSH, LDAP).
// They would be mapped at the start of every command, although hardly any command fetches a file. The needed part of
// its stable interface is declared here. Swift cannot call functions with a variable list of arguments, so
// `curl_easy_setopt` has one wrapper for each kind of value.
// Source: https://curl.se/libcurl/c, the numbers of the options in include/curl/curl.h.

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

typedef struct numeral_curl numeral_curl;  // CURL

typedef struct numeral_curl_list {  // curl_slist
  char *_Nullable data;
  struct numeral_curl_list *_Nullable next;
} numeral_curl_list;

// Receives some bytes and returns their number. Any other number ends the transfer.
typedef size_t (*numeral_curl_write)(char *_Nullable bytes, size_t size, size_t count, void *_Nullable closure);
// Receives the progress of the transfer; returns 0 to continue.
typedef int (*numeral_curl_progress)(
    void *_Nullable closure, int64_t total, int64_t received, int64_t up_total, int64_t up);

// Options: numbers from 0 take a long, from 10000 a pointer, from 20000 a function, from 30000 a number of 64 bits.
enum {
  numeral_curl_low_speed_limit = 19,
  numeral_curl_low_speed_time = 20,
  numeral_curl_no_progress = 43,
  numeral_curl_follow = 52,
  numeral_curl_most_redirects = 68,
  numeral_curl_connect_timeout = 78,
  numeral_curl_no_signal = 99,
  numeral_curl_protocols = 181,
  numeral_curl_redirect_protocols = 182,
  numeral_curl_write_data = 10001,
  numeral_curl_url = 10002,
  numeral_curl_range = 10007,
  numeral_curl_error_buffer = 10010,
  numeral_curl_user_agent = 10018,
  numeral_curl_headers = 10023,
  numeral_curl_header_data = 10029,
  numeral_curl_progress_data = 10057,
  numeral_curl_write_function = 20011,
  numeral_curl_header_function = 20079,
  numeral_curl_progress_function = 20219,
};

// Values of CURLcode and the bits of CURLOPT_PROTOCOLS.
enum {
  numeral_curl_ok = 0,
  numeral_curl_partial_file = 18,
  numeral_curl_write_error = 23,
  numeral_curl_timed_out = 28,
  numeral_curl_got_nothing = 52,
  numeral_curl_receive_error = 56,
  numeral_curl_aborted = 42,
  numeral_curl_too_many_redirects = 47,
  numeral_curl_http2_stream = 92,
  numeral_curl_http = 1,
  numeral_curl_https = 2,
  numeral_curl_error_size = 256,
};

// function(result, name, parameters)
#define NUMERAL_CURL_FUNCTIONS(function) \
  function(int, curl_global_init, (long flags)) \
  function(numeral_curl *_Nullable, curl_easy_init, (void)) \
  function(void, curl_easy_cleanup, (numeral_curl *_Nonnull)) \
  function(int, curl_easy_perform, (numeral_curl *_Nonnull)) \
  function(const char *_Nonnull, curl_easy_strerror, (int code)) \
  function(numeral_curl_list *_Nullable, curl_slist_append, \
           (numeral_curl_list *_Nullable, const char *_Nonnull text)) \
  function(void, curl_slist_free_all, (numeral_curl_list *_Nullable))

#define NUMERAL_CURL_MEMBER(result, name, parameters) result (*_Nonnull name) parameters;
typedef struct {
  NUMERAL_CURL_FUNCTIONS(NUMERAL_CURL_MEMBER)
  // The address of a function with a variable list of arguments. Swift has no type for it, so it is a number.
  uintptr_t set_option;
} numeral_curl_functions;

typedef int (*numeral_curl_set_option)(numeral_curl *_Nonnull, int option, ...);

// Fills the table. Returns NULL, or the name of a missing function.
static inline const char *_Nullable numeral_curl_find(
    void *_Nonnull library, numeral_curl_functions *_Nonnull functions) {
#define NUMERAL_CURL_FIND(result, name, parameters) \
  { \
    void *address = dlsym(library, #name); \
    if (address == NULL) return #name; \
    functions->name = (result (*) parameters)address; \
  }
  NUMERAL_CURL_FUNCTIONS(NUMERAL_CURL_FIND)
  functions->set_option = (uintptr_t)dlsym(library, "curl_easy_setopt");
  if (functions->set_option == 0) return "curl_easy_setopt";
  return NULL;
}

static inline int numeral_curl_set_long(
    const numeral_curl_functions *_Nonnull functions, numeral_curl *_Nonnull curl, int option, long value) {
  return ((numeral_curl_set_option)functions->set_option)(curl, option, value);
}

static inline int numeral_curl_set_text(
    const numeral_curl_functions *_Nonnull functions, numeral_curl *_Nonnull curl, int option,
    const char *_Nullable value) {
  return ((numeral_curl_set_option)functions->set_option)(curl, option, value);
}

static inline int numeral_curl_set_pointer(
    const numeral_curl_functions *_Nonnull functions, numeral_curl *_Nonnull curl, int option, void *_Nullable value) {
  return ((numeral_curl_set_option)functions->set_option)(curl, option, value);
}

static inline int numeral_curl_set_write(
    const numeral_curl_functions *_Nonnull functions, numeral_curl *_Nonnull curl, int option,
    numeral_curl_write _Nonnull value) {
  return ((numeral_curl_set_option)functions->set_option)(curl, option, value);
}

static inline int numeral_curl_set_progress(
    const numeral_curl_functions *_Nonnull functions, numeral_curl *_Nonnull curl, int option,
    numeral_curl_progress _Nonnull value) {
  return ((numeral_curl_set_option)functions->set_option)(curl, option, value);
}

#endif
