// SPDX-License-Identifier: Apache-2.0
#pragma once

// Before a function that runs always: it has a second version for wider words, chosen at the start.
// What runs once in a while is not worth one. Sanitizers do not bear what is chosen before they
// have begun.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define TRUCE_WIDER __attribute__((target_clones("avx2", "default")))
#else
#define TRUCE_WIDER
#endif
