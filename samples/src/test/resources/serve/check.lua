-- For wrk: asks what the lines of FOLDER/questions say, in turn, and looks whether each answer is a line of
-- FOLDER/answers-0 or of FOLDER/answers-1, to the letter.
-- usage: wrk … -s check.lua URL -- FOLDER
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  questions, of, counts, bad, example = {}, {}, {[0] = 0, [1] = 0}, 0, ""
  for line in io.lines(args[1] .. "/questions") do
    questions[#questions + 1] = wrk.format("POST", nil, {["Content-Type"] = "application/json"}, line)
  end
  for which = 0, 1 do
    for line in io.lines(args[1] .. "/answers-" .. which) do
      of[line] = which
    end
  end
  next_question = 0
end

function request()
  next_question = next_question % #questions + 1
  return questions[next_question]
end

function response(status, headers, body)
  local which = of[body]
  if status == 200 and which then
    counts[which] = counts[which] + 1
  else
    bad = bad + 1
    example = status .. " " .. body
  end
  first, second = counts[0], counts[1]
end

function done(summary, latency, requests)
  local first, second, bad, example = 0, 0, 0, ""
  for _, thread in ipairs(threads) do
    first = first + (thread:get("first") or 0)
    second = second + (thread:get("second") or 0)
    bad = bad + thread:get("bad")
    example = thread:get("example")
  end
  local e = summary.errors
  io.write(string.format("of the first %d, of the second %d, of neither %d, errors %d, p50 %d us, p99 %d us\n%s\n",
    first, second, bad, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), example))
end
