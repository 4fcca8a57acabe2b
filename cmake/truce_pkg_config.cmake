# SPDX-License-Identifier: Apache-2.0
# Imported targets for packages that ship no CMake file of their own.
include_guard()

# Declares TARGET from the pkg-config MODULE, when it is installed.
function(truce_from_pkg_config target module)
  if(TARGET ${target})
    return()
  endif()
  find_package(PkgConfig QUIET)
  if(NOT PKG_CONFIG_FOUND)
    return()
  endif()
  pkg_check_modules(${module} QUIET IMPORTED_TARGET GLOBAL ${module})
  if(${module}_FOUND)
    add_library(${target} INTERFACE IMPORTED GLOBAL)
    target_link_libraries(${target} INTERFACE PkgConfig::${module})
  endif()
endfunction()
