-- Sends each request of a file once, in order. The file has eight digits of length before each request.
local file
local last

function init(args)
  file = assert(io.open(args[1], "rb"))
  if args[2] then skip(tonumber(args[2])) end
end

function skip(count)
  for _ = 1, count do
    file:seek("cur", tonumber(file:read(8)))
  end
end

function request()
  local length = file:read(8)
  -- At the end of the file, repeats the last request; the caller notices it from the count.
  if length then last = file:read(tonumber(length)) end
  return last
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"p999":%d,"max":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
