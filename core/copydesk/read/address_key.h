#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Addresses of one page that are written in several ways, made equal: "https://www.Example.org:443/a/
// ../b/?utm_source=x#top" and "http://example.org/b" are both "example.org/b".

#include <string>
#include <string_view>

namespace copydesk {

// An address by RFC 3986 without what as a rule does not change the page: scheme http or https,
// "www.", the default port, the case of scheme and host, "." and ".." in the path, a slash at its
// end, percent signs where none is needed, the part behind '#', and parameters that only say where a
// visitor came from (utm_*, fbclid, gclid ...). Other schemes keep theirs. The rest, and what is no
// address, stays as it is. The key of a key is that key.
[[nodiscard]] std::string address_key(std::string_view address);

}  // namespace copydesk
