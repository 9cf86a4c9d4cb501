#ifndef NUMERAL_RSVG_H
#define NUMERAL_RSVG_H

// The functions that draw an image, from librsvg (2.52 or later), cairo, GObject and GLib. They are in a table that is
// filled when the first image is drawn.
//
// The library is loaded, not linked. A linked librsvg would map forty-four libraries at every start of the program.
// That took `numeral --version` from 4.9 ms to 11.7 ms (medians of 40). A header found through pkg-config would link
// them, so the needed part of their stable interfaces is declared here.
// Sources: https://gnome.pages.gitlab.gnome.org/librsvg/Rsvg-2.0, https://www.cairographics.org/manual.

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

typedef struct numeral_svg numeral_svg;          // RsvgHandle
typedef struct numeral_surface numeral_surface;  // cairo_surface_t
typedef struct numeral_context numeral_context;  // cairo_t

typedef struct {
  uint32_t domain;
  int code;
  char *_Nullable message;
} numeral_gerror;

typedef struct {
  double x, y, width, height;
} numeral_rectangle;

typedef struct {
  double length;
  int unit;
} numeral_length;

// Receives some bytes of a file; returns a cairo_status_t.
typedef int (*numeral_write)(void *_Nullable closure, const unsigned char *_Nullable data, unsigned int length);

// Values of cairo_status_t, cairo_format_t and cairo_pdf_metadata_t.
enum {
  numeral_status_success = 0,
  numeral_status_no_memory = 1,
  numeral_status_write_error = 11,
  numeral_format_argb32 = 0,
  numeral_pdf_create_date = 5,
};

// function(result, name, parameters)
#define NUMERAL_RSVG_FUNCTIONS(function) \
  function(numeral_svg *_Nullable, rsvg_handle_new_from_data, \
           (const uint8_t *_Nullable data, size_t length, numeral_gerror *_Nullable *_Nullable error)) \
  function(void, rsvg_handle_set_dpi, (numeral_svg *_Nonnull, double dpi)) \
  function(void, rsvg_handle_get_intrinsic_dimensions, \
           (numeral_svg *_Nonnull, int *_Nullable has_width, numeral_length *_Nullable width, \
            int *_Nullable has_height, numeral_length *_Nullable height, int *_Nullable has_view_box, \
            numeral_rectangle *_Nullable view_box)) \
  function(int, rsvg_handle_get_intrinsic_size_in_pixels, \
           (numeral_svg *_Nonnull, double *_Nullable width, double *_Nullable height)) \
  function(int, rsvg_handle_render_document, \
           (numeral_svg *_Nonnull, numeral_context *_Nullable, const numeral_rectangle *_Nonnull viewport, \
            numeral_gerror *_Nullable *_Nullable error)) \
  function(void, g_object_unref, (void *_Nonnull object)) \
  function(void, g_error_free, (numeral_gerror *_Nonnull)) \
  function(numeral_context *_Nullable, cairo_create, (numeral_surface *_Nullable)) \
  function(void, cairo_destroy, (numeral_context *_Nullable)) \
  function(int, cairo_status, (numeral_context *_Nullable)) \
  function(const char *_Nonnull, cairo_status_to_string, (int status)) \
  function(numeral_surface *_Nullable, cairo_image_surface_create, (int format, int width, int height)) \
  function(numeral_surface *_Nullable, cairo_pdf_surface_create_for_stream, \
           (numeral_write _Nonnull, void *_Nullable closure, double width, double height)) \
  function(void, cairo_pdf_surface_set_metadata, \
           (numeral_surface *_Nullable, int metadata, const char *_Nullable value)) \
  function(void, cairo_surface_destroy, (numeral_surface *_Nullable)) \
  function(void, cairo_surface_finish, (numeral_surface *_Nullable)) \
  function(int, cairo_surface_status, (numeral_surface *_Nullable)) \
  function(int, cairo_surface_write_to_png_stream, \
           (numeral_surface *_Nullable, numeral_write _Nonnull, void *_Nullable closure))

#define NUMERAL_RSVG_MEMBER(result, name, parameters) result (*_Nonnull name) parameters;
typedef struct {
  NUMERAL_RSVG_FUNCTIONS(NUMERAL_RSVG_MEMBER)
} numeral_rsvg_functions;

// Fills the table from librsvg. Its handle also finds the functions of the libraries it depends on. Returns NULL, or
// the name of a missing function.
static inline const char *_Nullable numeral_rsvg_find(
    void *_Nonnull library, numeral_rsvg_functions *_Nonnull functions) {
#define NUMERAL_RSVG_FIND(result, name, parameters) \
  { \
    void *address = dlsym(library, #name); \
    if (address == NULL) return #name; \
    functions->name = (result (*) parameters)address; \
  }
  NUMERAL_RSVG_FUNCTIONS(NUMERAL_RSVG_FIND)
  return NULL;
}

#endif
