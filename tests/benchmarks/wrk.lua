-- Sends requests from a file, each after a line with its length: wrk ... -- FILE SKIP COUNT. Each is sent once.
local requests, at = {}, 0

function init(args)
  local file, skip, count = assert(io.open(args[1], "rb")), tonumber(args[2]), tonumber(args[3])
  for number = 1, skip + count do
    local size = file:read("*l")
    if not size then break end
    local request = file:read(tonumber(size))
    if number > skip then requests[#requests + 1] = request end
  end
  file:close()
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  io.write(string.format("answered %d in %d us\n", summary.requests, summary.duration))
end
