#ifndef CNUMERAL_ASSETS_H
#define CNUMERAL_ASSETS_H

#include <stddef.h>

/// The 8×8 digits as gzipped comma-separated text: 1,797 rows of 64 pixels (0 to 16) and the label, no header.
/// E. Alpaydin, C. Kaynak, UCI "Optical Recognition of Handwritten Digits", test part, CC BY 4.0.
const unsigned char *numeral_asset_digits(size_t *length);

/// The standard model for reading images: a file as `numeral train` writes it. `make model` trains it again.
const unsigned char *numeral_asset_model(size_t *length);

/// The model that tells digits from other images, in the same format. `make model` trains it again.
const unsigned char *numeral_asset_detector(size_t *length);

#endif
