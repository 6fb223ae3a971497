#include "copydesk/version.h"

namespace copydesk {

std::string_view version() { return COPYDESK_VERSION; }

}  // namespace copydesk
