# SPDX-License-Identifier: Apache-2.0
# While the folders are being filled: one that is half there must not stop the others.
include_guard()

# Whether every file named in the folder's CMakeLists.txt and every folder it needs is there; says what is missing.
function(truce_is_filled folder out)
  set(${out} FALSE PARENT_SCOPE)
  set(listing "${PROJECT_SOURCE_DIR}/truce/${folder}/CMakeLists.txt")
  if(NOT EXISTS "${listing}")
    return()
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${listing}")
  file(READ "${listing}" text)
  string(REGEX REPLACE "#[^\n]*" "" text "${text}")
  string(REGEX MATCHALL "[a-z_0-9/]+\\.?[a-z]*" words "${text}")
  foreach(word IN LISTS words)
    if(word MATCHES "\\.(cpp|h|def)$" AND NOT EXISTS "${PROJECT_SOURCE_DIR}/truce/${folder}/${word}")
      message(STATUS "left out: ${folder} (${word} is missing)")
      return()
    endif()
    if(word IN_LIST TRUCE_FOLDERS AND NOT word STREQUAL folder AND NOT TARGET truce_${word}
       AND text MATCHES "DEPENDS[^)A-Z]*[ \n]${word}[ \n)]")
      message(STATUS "left out: ${folder} (needs ${word})")
      return()
    endif()
  endforeach()
  set(${out} TRUE PARENT_SCOPE)
endfunction()
