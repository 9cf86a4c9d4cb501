#ifndef CALLOCATION_COUNTER_H
#define CALLOCATION_COUNTER_H

/// Starts counting the calling thread's allocations from zero.
void allocation_counter_start(void);

/// Stops counting and returns how many allocations the calling thread has made since it started.
long allocation_counter_stop(void);

#endif
