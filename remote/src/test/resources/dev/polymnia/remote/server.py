"""llama.cpp's server: PACKAGES MODEL PORT. Says "ready", and ends when its input ends."""
import sys

sys.path.insert(0, sys.argv[1])
import xllamacpp

parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[2]
parameters.hostnames = ["127.0.0.1"]
parameters.port = int(sys.argv[3])
# Four slots of 2048 tokens, one thread: its threads spin while they wait for each other.
parameters.n_parallel = 4
parameters.n_ctx = 8192
parameters.cpuparams.n_threads = 1
parameters.cpuparams_batch.n_threads = 1
# A prompt that is read in other portions (a part of it comes from a slot's cache) gives other
# rounding errors, and with them other words now and then.
parameters.cache_prompt = False
parameters.cache_ram_mib = 0
server = xllamacpp.Server(parameters)
print("ready", flush=True)
sys.stdin.read()
