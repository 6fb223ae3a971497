#include "copydesk/parallel/team.h"

#include <new>
#include <system_error>
#include <utility>

namespace copydesk {

bool Team::start(std::function<void()> body) {
  try {
    threads_.emplace_back(std::move(body));
    return true;
  } catch (const std::system_error&) {
    return false;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

}  // namespace copydesk
