"""What Redis does for a text in one step each, so that a text waits for three round trips and no more.

Each of these needs EVALSHA, EVAL and SCRIPT LOAD to be allowed. Nothing in them writes a key without a lifetime.
"""

#: Read the keys of today, made if need be, and of yesterday. ARGV: a new key. Gives the time, and both keys.
KEYS = """
local seconds = tonumber(redis.call('TIME')[1])
local into = seconds % 86400
local day = (seconds - into) / 86400
redis.call('SET', 'quietline:key:' .. day, ARGV[1], 'NX', 'EX', 86400 - into + 900)
return {seconds, redis.call('GET', 'quietline:key:' .. day), redis.call('GET', 'quietline:key:' .. (day - 1))}
"""

#: Take a texter's turn, and read what is held of them.
#: KEYS: the key of the day, the turn, where a conversation may stand. ARGV: the digest of that key, a token, ms.
#: Gives {0} when the key is another one by now, else {1, whether the turn was free, what is held if anything}.
BEGIN = """
local key = redis.call('GET', KEYS[1])
if not key or redis.sha1hex(key) ~= ARGV[1] then return {0} end
local told = {1, redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) and 1 or 0}
for place = 3, #KEYS do
  local held = redis.call('GET', KEYS[place])
  if held then told[3] = held return told end
end
return told
"""

#: Take one reply from the budget of a texter, then, if there was room, from the line's; 0 = no limit.
#: KEYS: the line's budget, who was told that it is used up, the texter's budget if there is a texter.
#: ARGV: the line's budget and window, the texter's. Gives 0 within, 1 the texter's first beyond, 2 the line's, 3 more.
SPEND = """
local function beyond(key, budget, window)
  if budget == 0 then return 0 end
  redis.call('SET', key, 0, 'NX', 'EX', window)
  return redis.call('INCR', key) - budget
end
local over = KEYS[3] and beyond(KEYS[3], tonumber(ARGV[3]), ARGV[4]) or 0
if over > 0 then return over == 1 and 1 or 3 end
if beyond(KEYS[1], tonumber(ARGV[1]), ARGV[2]) <= 0 then return 0 end
return redis.call('SET', KEYS[2], 1, 'NX', 'EX', ARGV[2]) and 2 or 3
"""

#: Hold what is to be held in place of what was, and give the turn back. KEYS: the turn, where a conversation may
#: stand. ARGV: the token, what is held, ms.
KEEP = """
redis.call('DEL', unpack(KEYS, 2))
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""

#: Give a turn back, if it is still one's own. KEYS: the turn. ARGV: the token.
END = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
