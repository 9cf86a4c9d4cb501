#ifndef NUMERAL_PIXBUF_H
#define NUMERAL_PIXBUF_H

// The functions that decode an image, from gdk-pixbuf (2.40 or later), GObject and GLib. They are in a table that is
// filled when the first image is read. The library is loaded, not linked, for the reason given in CRsvg/shim.h.
// Source: https://docs.gtk.org/gdk-pixbuf.

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

typedef struct numeral_loader numeral_loader;  // GdkPixbufLoader
typedef struct numeral_pixbuf numeral_pixbuf;  // GdkPixbuf

typedef struct {
  uint32_t domain;
  int code;
  char *_Nullable message;
} numeral_pixbuf_error;

// Values of GdkPixbufError.
enum {
  numeral_pixbuf_insufficient_memory = 1,
  numeral_pixbuf_unknown_type = 3,
};

// function(result, name, parameters)
#define NUMERAL_PIXBUF_FUNCTIONS(function) \
  function(uint32_t, gdk_pixbuf_error_quark, (void)) \
  function(numeral_loader *_Nullable, gdk_pixbuf_loader_new_with_type, \
           (const char *_Nonnull type, numeral_pixbuf_error *_Nullable *_Nullable error)) \
  function(int, gdk_pixbuf_loader_write, \
           (numeral_loader *_Nonnull, const uint8_t *_Nullable data, size_t length, \
            numeral_pixbuf_error *_Nullable *_Nullable error)) \
  function(int, gdk_pixbuf_loader_close, \
           (numeral_loader *_Nonnull, numeral_pixbuf_error *_Nullable *_Nullable error)) \
  function(numeral_pixbuf *_Nullable, gdk_pixbuf_loader_get_pixbuf, (numeral_loader *_Nonnull)) \
  function(numeral_pixbuf *_Nullable, gdk_pixbuf_apply_embedded_orientation, (numeral_pixbuf *_Nonnull)) \
  function(int, gdk_pixbuf_get_width, (numeral_pixbuf *_Nonnull)) \
  function(int, gdk_pixbuf_get_height, (numeral_pixbuf *_Nonnull)) \
  function(int, gdk_pixbuf_get_n_channels, (numeral_pixbuf *_Nonnull)) \
  function(int, gdk_pixbuf_get_rowstride, (numeral_pixbuf *_Nonnull)) \
  function(const uint8_t *_Nullable, gdk_pixbuf_read_pixels, (numeral_pixbuf *_Nonnull)) \
  function(void, g_object_unref, (void *_Nonnull object)) \
  function(void, g_error_free, (numeral_pixbuf_error *_Nonnull))

#define NUMERAL_PIXBUF_MEMBER(result, name, parameters) result (*_Nonnull name) parameters;
typedef struct {
  NUMERAL_PIXBUF_FUNCTIONS(NUMERAL_PIXBUF_MEMBER)
} numeral_pixbuf_functions;

// Fills the table from gdk-pixbuf. Its handle also finds the functions of the libraries it depends on. Returns NULL, or
// the name of a missing function.
static inline const char *_Nullable numeral_pixbuf_find(
    void *_Nonnull library, numeral_pixbuf_functions *_Nonnull functions) {
#define NUMERAL_PIXBUF_FIND(result, name, parameters) \
  { \
    void *address = dlsym(library, #name); \
    if (address == NULL) return #name; \
    functions->name = (result (*) parameters)address; \
  }
  NUMERAL_PIXBUF_FUNCTIONS(NUMERAL_PIXBUF_FIND)
  return NULL;
}

#endif
