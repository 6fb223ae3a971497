// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stop.h"

#include "copydesk/run/run_control.h"

namespace copydesk {

void StopFlag::cancel() {
  throw Cancelled{};
}

}  // namespace copydesk
