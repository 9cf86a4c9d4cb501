#ifndef CNUMERAL_VERSION_H
#define CNUMERAL_VERSION_H

/// The commit that was built, with a plus sign if files differed from it, or "unknown commit" outside a git clone.
const char *numeral_commit(void);

#endif
