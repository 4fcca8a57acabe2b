# SPDX-License-Identifier: Apache-2.0
# Language level, warnings, sanitizers and the compiler cache: what holds for every target of the project.
include_guard()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Gives the target all_verify_interface_header_sets: every public header compiles on its own.
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
# Coloured messages also through Ninja, which is no terminal to the compiler.
if(NOT DEFINED ENV{CI})
  add_compile_options(-fdiagnostics-color=always)
endif()

# Assertions stay on while developing; release is -O2 without them.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# Of a test's own code, in every build type: most of it runs once.
set(TRUCE_TEST_OPTIONS $<$<CONFIG:Release>:-O1>)

find_program(TRUCE_CCACHE ccache)
mark_as_advanced(TRUCE_CCACHE)
if(TRUCE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are cached only with this sloppiness, no more of it: a header edited during a build must not be
  # taken for an older one. The base folder lets two clones share results.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env"
    "CCACHE_SLOPPINESS=pch_defines,time_macros"
    "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "CCACHE_NOHASHDIR=1" "${TRUCE_CCACHE}")
endif()

# Applies the project's warnings to TARGET, without handing them to users of the library.
function(truce_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # g++ leaves sign conversions out of -Wconversion; one rule for both compilers.
    target_compile_options(${target} PRIVATE -Wno-sign-conversion)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # At -O2 g++ 12 finds these in its own string and vector; the preset dev keeps them.
    set(options -Wno-array-bounds -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
    target_compile_options(${target} PRIVATE "$<$<CONFIG:Release>:${options}>")
  endif()
  if(TRUCE_UNITS AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A source in a unit is no header, though g++ takes it for one.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  if(TRUCE_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

if(TRUCE_CHECKED_LIBRARY)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(TRUCE_SANITIZE)
  add_compile_options(-fsanitize=${TRUCE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TRUCE_SANITIZE})
  if(TRUCE_SANITIZE MATCHES "address")
    # A null pointer that is followed stops the program all the same, no address is made up here to be unaligned, and
    # what lies outside an object is what the address sanitizer finds. These checks stand at every access and take a
    # third of the time to compile.
    add_compile_options(-fno-sanitize=null,alignment,object-size,pointer-overflow)
    # What -O1 makes of the checks takes g++ half as long again.
    set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-Og -g1")
  elseif(TRUCE_SANITIZE MATCHES "thread")
    # Its tests wait for each other more than they reckon.
    set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O0 -g1")
  endif()
endif()
if(TRUCE_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
if(TRUCE_LIBFUZZER)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "TRUCE_LIBFUZZER needs clang; use: cmake --preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
