#ifndef CNUMERAL_CPU_H
#define CNUMERAL_CPU_H

/// The highest x86-64 microarchitecture level that both the processor and the operating system support:
/// 1 (baseline), 3 (AVX2 and FMA) or 4 (AVX-512 F, BW, CD, DQ, VL). 1 on any other architecture.
int numeral_cpu_level(void);

/// The number of cores in this process's affinity mask, at least 1. Swift's C library module does not show the mask.
int numeral_allowed_cores(void);

#endif
