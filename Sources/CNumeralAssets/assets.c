#include "CNumeralAssets.h"

// #embed is C23. The compiler accepts it in every mode with a warning. A Swift literal of this size would compile
// slowly.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char digits[] = {
#embed "files/digits.csv.gz"
};

const unsigned char *numeral_asset_digits(size_t *length) {
  *length = sizeof digits;
  return digits;
}

static const unsigned char model[] = {
#embed "files/model.safetensors"
};

const unsigned char *numeral_asset_model(size_t *length) {
  *length = sizeof model;
  return model;
}

static const unsigned char detector[] = {
#embed "files/detector.safetensors"
};

const unsigned char *numeral_asset_detector(size_t *length) {
  *length = sizeof detector;
  return detector;
}
