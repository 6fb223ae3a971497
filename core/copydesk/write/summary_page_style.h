#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Style of the page of abstracts and the SHA-256 digest by which its content security policy allows
// exactly this. A test computes the digest again.

#include <string_view>

namespace copydesk {

inline constexpr std::string_view kSummaryStyle = R"CSS(
body{font:17px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#222}
article{margin-bottom:4em}h2{font-size:1.2em}p{margin:.6em 0}
mark{background:#ffe9a8;color:inherit}mark.r1{background:#ffc94d}
.abstract{border-inline-start:4px solid #ffc94d;padding-inline-start:1em;background:#fafafa}
.id{color:#777;font:13px monospace}
)CSS";

inline constexpr std::string_view kSummaryStyleDigest =
    "YAtLLRRHWllcWNfj/dRG8tuqdSzNu3JZJ9ybgCw/A5g=";

}  // namespace copydesk
