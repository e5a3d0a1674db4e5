#!/bin/sh
# Measures what a backup of many cases takes: sh bench/measure-backup.sh FOLDER CASES
# FOLDER becomes the data folder of a demo, is filled, signed, backed up while it runs, restored and verified.
set -e
data=$1 cases=$2 port=8099 history=http://127.0.0.1:8099/api/public/history/checkpoints/latest
start() { node bin/gongzhi.mjs start --data "$data" --port $port > "$data.log" 2>&1 & running=$!; }
signed() { curl -s $history | sed -n 's/.*"size":\([0-9]*\).*/\1/p'; }
start
until [ -n "$(signed)" ]; do sleep 2; done
kill $running; wait $running || true
time node bench/fill-cases.ts --data "$data" --cases "$cases"
start
until [ "$(signed || echo 0)" -ge "$cases" ] 2>/dev/null; do sleep 5; done
echo "signed: $(signed) entries"
time node bin/gongzhi.mjs backup --data "$data" --out "$data.backup"
kill $running; wait $running || true
ls -l "$data.backup"
time node bin/gongzhi.mjs restore "$data.backup" --into "$data.restored"
time node bin/gongzhi.mjs verify --data "$data.restored" --mirror "$data/history"
