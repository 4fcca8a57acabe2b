# SPDX-License-Identifier: Apache-2.0
# truce_library(), truce_program(), truce_test(), truce_fuzz() and truce_bench(): a folder's CMakeLists.txt is a list.
include_guard()

# One shared precompiled header each for the library and for the tests; a target reuses it instead of making its own.
# It is accepted only where the packages in it are linked too; what a folder may include is judged by check_layers.py.
function(truce_precompiled_header name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LINKS" ${ARGN})
  if(TARGET ${name})
    return()
  endif()
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/${name}.cpp" CONTENT "// Carries the precompiled header.\n")
  add_library(${name} OBJECT "${PROJECT_BINARY_DIR}/${name}.cpp")
  target_link_libraries(${name} PRIVATE ${ARG_LINKS})
  truce_warnings(${name})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

function(truce_reuse_library_header target)
  truce_find_package(fmt fmt)
  truce_precompiled_header(truce_library_pch LINKS ${fmt} HEADERS <algorithm> <cstdint> <functional> <map>
    <memory> <optional> <set> <span> <string> <string_view> <utility> <variant> <vector> <fmt/format.h>)
  target_link_libraries(${target} PRIVATE ${fmt})
  target_precompile_headers(${target} REUSE_FROM truce_library_pch)
endfunction()

function(truce_reuse_test_header target)
  truce_find_package(fmt fmt)
  truce_find_package(gtest gtest)
  truce_precompiled_header(truce_test_pch LINKS ${fmt} ${gtest} HEADERS <algorithm> <cstdint> <map> <memory>
    <optional> <string> <string_view> <utility> <variant> <vector> <fmt/format.h> <gtest/gtest.h>)
  target_link_libraries(${target} PRIVATE ${fmt} ${gtest})
  target_precompile_headers(${target} REUSE_FROM truce_test_pch)
endfunction()

# Links the folders in DEPENDS and the packages in WRAPS to TARGET. Every name must have been declared before.
function(truce_link target visibility)
  cmake_parse_arguments(ARG "" "" "DEPENDS;WRAPS" ${ARGN})
  foreach(folder IN LISTS ARG_DEPENDS)
    if(NOT TARGET truce_${folder})
      message(FATAL_ERROR "${target} names `${folder}` in DEPENDS, which is not declared before it; "
        "see TRUCE_FOLDERS in the root CMakeLists.txt")
    endif()
    target_link_libraries(${target} ${visibility} truce::${folder})
  endforeach()
  foreach(package IN LISTS ARG_WRAPS)
    truce_find_package(${package} imported)
    # Only fmt may appear in a public header; every other package stays behind its folder.
    if(package STREQUAL "fmt" OR visibility STREQUAL "INTERFACE")
      target_link_libraries(${target} ${visibility} ${imported})
    else()
      target_link_libraries(${target} PRIVATE ${imported})
    endif()
  endforeach()
endfunction()

# Stops at a misspelt keyword or a list with no keyword before it.
macro(truce_expect_no_rest function name)
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${function}(${name}): what is `${ARG_UNPARSED_ARGUMENTS}`?")
  endif()
endmacro()

# truce_library(NAME SOURCES … HEADERS … DEPENDS … WRAPS …)
# The static library of the folder truce/NAME: target truce_NAME, alias truce::NAME. HEADERS are the public ones; those
# in internal/ belong to SOURCES. DEPENDS are folders, WRAPS third-party packages. Without a .cpp it is header-only.
function(truce_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;DEPENDS;WRAPS" ${ARGN})
  truce_expect_no_rest(truce_library ${name})
  set(target truce_${name})
  set(compiled ${ARG_SOURCES})
  list(FILTER compiled INCLUDE REGEX "\\.cpp$")
  if(compiled)
    set(visibility PUBLIC)
    add_library(${target} STATIC ${ARG_SOURCES})
    truce_warnings(${target})
    truce_reuse_library_header(${target})
  else()
    set(visibility INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  add_library(truce::${name} ALIAS ${target})
  # A .def file is a table for others to include and does not stand alone, so it is in a set that is not verified.
  set(tables ${ARG_HEADERS})
  list(FILTER tables INCLUDE REGEX "\\.def$")
  list(FILTER ARG_HEADERS EXCLUDE REGEX "\\.def$")
  target_sources(${target} ${visibility}
    FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${ARG_HEADERS}
    FILE_SET tables TYPE HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${tables})
  set_target_properties(${target} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
  target_include_directories(${target} ${visibility} "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
  truce_link(${target} ${visibility} DEPENDS ${ARG_DEPENDS} WRAPS ${ARG_WRAPS})
endfunction()

# truce_embed(FOLDER SYMBOL symbol FILE path)
# Compiles a text file into the library of FOLDER, as `const std::string_view symbol` in truce::FOLDER::internal. A
# header in internal/ declares it `extern`. The path is relative to the root of the repository.
function(truce_embed folder)
  cmake_parse_arguments(ARG "" "SYMBOL;FILE" "" ${ARGN})
  truce_expect_no_rest(truce_embed ${folder})
  set(TRUCE_EMBED_NAME "${ARG_FILE}")
  set(TRUCE_EMBED_FOLDER ${folder})
  set(TRUCE_EMBED_SYMBOL ${ARG_SYMBOL})
  file(READ "${PROJECT_SOURCE_DIR}/${ARG_FILE}" TRUCE_EMBED_TEXT)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${ARG_FILE}")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${ARG_SYMBOL}.cpp")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/embedded.cpp.in" "${output}" @ONLY)
  target_sources(truce_${folder} PRIVATE "${output}")
endfunction()

# truce_program(NAME SOURCES … DEPENDS … WRAPS …)
# The program NAME, which lands at the root of the build folder.
function(truce_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;WRAPS" ${ARGN})
  truce_expect_no_rest(truce_program ${name})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  truce_warnings(${name})
  truce_reuse_library_header(${name})
  truce_link(${name} PRIVATE DEPENDS ${ARG_DEPENDS} WRAPS ${ARG_WRAPS})
  install(TARGETS ${name} RUNTIME)
endfunction()

# truce_test(NAME SOURCES … DEPENDS … WRAPS … LABEL … TIMEOUT seconds)
# The test program truce_NAME_test, one ctest entry per TEST(). Tests run in the root of the repository, so that they
# name files as `examples/…`; TRUCE_PROGRAM in their environment is the path of the program. LABEL long keeps a test
# out of the fast suite. TIMEOUT is 60 where it is not given, for each TEST().
function(truce_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT;LABEL" "SOURCES;DEPENDS;WRAPS" ${ARGN})
  truce_expect_no_rest(truce_test ${name})
  if(NOT TRUCE_TESTS)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  # An empty value would be lost on the way to ctest and take the next word with it.
  set(label "")
  if(ARG_LABEL)
    set(label LABELS ${ARG_LABEL})
  endif()
  set(target truce_${name}_test)
  add_executable(${target} ${ARG_SOURCES})
  truce_warnings(${target})
  truce_reuse_test_header(${target})
  truce_link(${target} PRIVATE DEPENDS ${ARG_DEPENDS} WRAPS ${ARG_WRAPS})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE GTest::gtest_main)
  include(GoogleTest)
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 TEST_PREFIX "${name}/"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "TRUCE_PROGRAM=${PROJECT_BINARY_DIR}/truce" ${label})
endfunction()

# truce_fuzz(NAME SOURCE … DEPENDS … WRAPS … CORPUS folder)
# The fuzz target NAME. In the preset fuzz it is a libFuzzer program; elsewhere a program that replays files. In both
# its corpus runs as the ctest fuzz/NAME.
function(truce_fuzz name)
  cmake_parse_arguments(ARG "" "CORPUS" "SOURCE;DEPENDS;WRAPS" ${ARGN})
  truce_expect_no_rest(truce_fuzz ${name})
  if(NOT TRUCE_TESTS)
    return()
  endif()
  set(target fuzz_${name})
  add_executable(${target} ${ARG_SOURCE})
  truce_warnings(${target})
  truce_link(${target} PRIVATE DEPENDS ${ARG_DEPENDS} WRAPS ${ARG_WRAPS})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  get_filename_component(corpus "${ARG_CORPUS}" ABSOLUTE)
  if(TRUCE_LIBFUZZER)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    set(arguments -runs=0)
  else()
    target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/fuzz/replay.cpp")
    set(arguments "")
  endif()
  add_test(NAME fuzz/${name} COMMAND ${target} ${arguments} "${corpus}" WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(fuzz/${name} PROPERTIES TIMEOUT 120 LABELS replay)
endfunction()

# truce_bench(NAME SOURCES … DEPENDS … WRAPS …)
# The bench truce_NAME_bench on Google Benchmark. bench/CMakeLists.txt finds the package first.
function(truce_bench name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;WRAPS" ${ARGN})
  truce_expect_no_rest(truce_bench ${name})
  set(target truce_${name}_bench)
  add_executable(${target} ${ARG_SOURCES})
  truce_warnings(${target})
  truce_reuse_library_header(${target})
  truce_link(${target} PRIVATE DEPENDS ${ARG_DEPENDS} WRAPS ${ARG_WRAPS})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE benchmark::benchmark_main)
endfunction()
