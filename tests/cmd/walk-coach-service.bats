#!/usr/bin/env bats
# The coach service on the road, from the preparation to the filed report.
load setup
load reply
load walk

setup() {
  walk_desk coach-service
}

@test "two who travel have a leader; nobody leaves the site without signature and report" {
  begins prepare
  refused coach-service.40 arrive
  guarded depart leader_named:coach-service.36 -- technicians=2
  missing technicians depart
  goes depart technicians=1 to on_the_way
  goes arrive to on_site
  guarded charge leader_approval:coach-service.27
  goes charge leader_approval=true to on_site
  guarded request_signature service_done:coach-service.23
  goes request_signature service_done=true to on_site
  guarded leave_site user_signature:coach-service.22 result_reported:coach-service.50
  goes leave_site user_signature=true result_reported=true to return
  guarded reimburse leader_approval:coach-service.55
  goes reimburse leader_approval=true to return
  guarded archive_report leader_approval:coach-service.54
  goes archive_report leader_approval=true to closed closed
  told 'leave the site' 离开现场
}
