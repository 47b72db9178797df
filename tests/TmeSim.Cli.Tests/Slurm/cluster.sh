#!/bin/sh
# A Slurm of one node on the loopback address, with all of its files in one folder, for the tests of job arrays.
#   cluster.sh start DIR    starts munged, slurmctld and slurmd and waits until the node takes jobs; prints the path of slurm.conf
#   cluster.sh stop DIR     ends them
# Needs Debian's packages slurm-wlm and munge, and root (slurmd starts jobs of any user). It does not touch another Slurm of the machine.
set -eu
PATH=$PATH:/usr/sbin

dir=$2
conf=$dir/slurm.conf

start() {
  mkdir -p "$dir/state" "$dir/spool"
  chmod 755 "$dir"
  host=$(hostname -s)
  cpus=$(nproc)
  memory=$(awk '/^MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
  # Ports that no other cluster of these tests uses at the same time.
  port=$((20000 + $$ % 20000))
  dd if=/dev/urandom of="$dir/munge.key" bs=128 count=1 2>/dev/null
  chmod 600 "$dir/munge.key"
  cat >"$conf" <<EOF
ClusterName=tmesim
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=256
SchedulerParameters=sched_min_interval=100000
ReturnToService=2
MinJobAge=10
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=debug Nodes=$host Default=YES MaxTime=INFINITE State=UP
EOF
  munged --force --socket="$dir/munge.socket" --key-file="$dir/munge.key" --pid-file="$dir/munged.pid" --log-file="$dir/munged.log" --seed-file="$dir/munged.seed" >/dev/null 2>&1
  export SLURM_CONF="$conf"
  slurmctld >/dev/null 2>&1
  slurmd >/dev/null 2>&1
  for _ in $(seq 150); do
    if sinfo --noheader --format %T 2>/dev/null | grep -q idle; then
      echo "$conf"
      return
    fi
    sleep 0.2
  done
  echo "the node does not become idle" >&2
  tail -n 5 "$dir"/*.log >&2
  exit 1
}

stop() {
  for name in slurmd slurmctld munged; do
    if [ -f "$dir/$name.pid" ]; then
      pid=$(cat "$dir/$name.pid")
      kill "$pid" 2>/dev/null || true
      for _ in $(seq 50); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
      done
      kill -9 "$pid" 2>/dev/null || true
    fi
  done
}

"$1"
