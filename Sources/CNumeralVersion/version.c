#include "CNumeralVersion.h"

// Package.swift defines it from what SwiftPM knows of the clone, for this target alone: a new commit compiles this one
// file and links again.
#ifndef NUMERAL_COMMIT
#define NUMERAL_COMMIT "unknown commit"
#endif

const char *numeral_commit(void) { return NUMERAL_COMMIT; }
