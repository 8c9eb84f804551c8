"""Lives and deaths of engine processes, as the window sees them."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from trtstudio.host.client import EngineProcess
from trtstudio.host.engines import Engines, Place
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError
from trtstudio.model.interpreters import OWN
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import BenchRequest
from trtstudio.model.measure.memory import MemoryRequest
from trtstudio.model.requests import EngineRequest, NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest

TIMEOUT_S = 30
ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="about signals")


def build(behaviour: str, argument: str = "") -> BuildRequest:
    return BuildRequest(behaviour, argument)


def ask(engine, request):
    return engine.submit(request).future.result(TIMEOUT_S)


def pid_of(engine: EngineProcess) -> int:
    return int(ask(engine, build("pid")).runtime)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def error_of(job) -> BaseException:
    return job.future.exception(TIMEOUT_S)


def test_the_window_loads_none_of_the_engine():
    heavy = "{'tensorrt', 'tensorrt_rtx', 'cuda', 'onnxruntime', 'onnx', 'trtstudio.engine'}"
    script = f"import sys, trtstudio.host.client; print({heavy} & sys.modules.keys())"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout == "set()\n"


def test_it_is_started_when_needed_and_only_once(engine):
    assert engine._life is None
    assert pid_of(engine) == pid_of(engine)


def test_its_environment_is_its_own(echo_arguments):
    environment = {"NVIDIA_TF32_OVERRIDE": "0"}
    process = EngineProcess("echo", environment=environment, arguments=echo_arguments)
    try:
        assert ask(process, build("environment", "NVIDIA_TF32_OVERRIDE")).runtime == "0"
    finally:
        process.close()
    assert "NVIDIA_TF32_OVERRIDE" not in os.environ


def test_cancelling_politely_spares_the_process(engine):
    pid = pid_of(engine)
    job = engine.submit(build("wait for cancel"))
    job.cancel(grace_s=TIMEOUT_S)
    assert type(error_of(job)) is Cancelled
    assert pid_of(engine) == pid


def test_cancelling_what_does_not_listen_ends_the_process(engine, until):
    deaths = []
    engine._on_died = lambda name, error: deaths.append((name, error.message))
    pid = pid_of(engine)
    deaf = engine.submit(build("sleep"))
    until(lambda: deaf.progress)
    beside = engine.submit(BenchRequest(1, duration_s=600.0))
    deaf.cancel(grace_s=0.1)
    assert type(error_of(deaf)) is Cancelled
    died = error_of(beside)
    assert type(died) is EngineDied
    assert "did not stop" in died.message
    assert "starts again" in died.hint
    assert pid_of(engine) != pid
    until(lambda: deaths)
    assert deaths == [("echo", died.message)]


def test_a_lost_gpu_ends_the_process_and_the_next_request_starts_another(engine, until):
    deaths = []
    engine._on_died = lambda name, error: deaths.append((name, error.message))
    pid = pid_of(engine)
    job = engine.submit(build("lose the GPU"))
    died = error_of(job)
    assert type(died) is EngineDied
    assert (died.message, died.details) == ("The GPU is lost.", "illegal address")
    assert pid_of(engine) != pid, "no request is lost, however soon it comes"
    until(lambda: deaths)
    assert deaths == [("echo", "The GPU is lost.")]
    until(lambda: not is_alive(pid))


def test_what_else_ran_beside_a_lost_gpu_ends_with_it(engine, until):
    beside = engine.submit(BenchRequest(1, duration_s=600.0))
    until(lambda: beside.take_samples())
    assert type(error_of(engine.submit(build("lose the GPU")))) is EngineDied
    assert error_of(beside).message == "The GPU is lost."


def test_a_model_that_is_not_loaded_is_told_from_other_failures(engine):
    pid = pid_of(engine)
    assert type(error_of(engine.submit(build("forget")))) is NotLoaded
    assert type(error_of(engine.submit(build("fail")))) is StudioError
    assert pid_of(engine) == pid


def test_cancelling_twice_or_too_late_is_harmless(engine):
    pid = pid_of(engine)
    done = engine.submit(build("plain"))
    done.future.result(TIMEOUT_S)
    done.cancel(grace_s=0.0)
    job = engine.submit(build("wait for cancel"))
    job.cancel(grace_s=TIMEOUT_S)
    job.cancel(grace_s=TIMEOUT_S)
    assert type(error_of(job)) is Cancelled
    job.cancel(grace_s=0.0)
    assert pid_of(engine) == pid


def test_cancelling_while_the_process_starts(engine):
    job = engine.submit(build("sleep"))
    job.cancel(grace_s=0.0)
    assert type(error_of(job)) is Cancelled
    assert ask(engine, build("plain")).plan_bytes == 1


@posix
def test_a_killed_process_is_explained_and_replaced(engine, until):
    pid = pid_of(engine)
    jobs = [engine.submit(build("sleep")), engine.submit(BenchRequest(1, duration_s=600.0))]
    until(lambda: jobs[0].progress)
    os.kill(pid, signal.SIGKILL)
    for job in jobs:
        died = error_of(job)
        assert type(died) is EngineDied
        assert died.message == "The engine process was killed."
        assert "memory" in died.hint
    assert pid_of(engine) != pid


def test_a_killed_process_leaves_no_converted_model(engine, until):
    model = Path(ask(engine, build("leave")).runtime)
    job = engine.submit(build("sleep"))
    until(lambda: job.progress)
    assert model.exists()
    job.cancel(grace_s=0.0)
    assert type(error_of(job)) is Cancelled
    until(lambda: not model.parent.exists())


def test_a_crash_leaves_its_last_words(engine):
    died = error_of(engine.submit(build("crash")))
    assert type(died) is EngineDied
    assert "crashed" in died.message
    assert "Myelin: about to fail" in died.details
    assert "Fatal Python error" in died.details
    assert "echo_server.py" in died.details
    assert ask(engine, build("plain")).plan_bytes == 1


def test_a_process_that_ends_by_itself_is_explained(engine):
    died = error_of(engine.submit(build("quit")))
    assert type(died) is EngineDied
    assert "exit status 7" in died.message


def test_a_process_that_speaks_garbage_is_ended(engine):
    died = error_of(engine.submit(build("speak garbage")))
    assert type(died) is EngineDied
    assert "no message" in died.message
    assert ask(engine, build("plain")).plan_bytes == 1


def test_a_python_that_is_not_there_is_explained():
    process = EngineProcess("lost", "/nowhere/python")
    for _ in range(2):
        died = error_of(process.submit(ProbeRequest()))
        assert type(died) is EngineDied
        assert "/nowhere/python" in died.hint
    process.close()


def test_a_life_that_is_over_before_anybody_looks_answers_its_job(monkeypatch):
    start = threading.Thread.start

    def start_and_end(thread):
        start(thread)
        thread.join(TIMEOUT_S)

    monkeypatch.setattr(threading.Thread, "start", start_and_end)
    process = EngineProcess("lost", "/nowhere/python")
    assert type(error_of(process.submit(ProbeRequest()))) is EngineDied
    process.close()


def test_a_python_without_trt_studio_is_explained():
    process = EngineProcess("bare", arguments=("-c", "import trtstudio_that_is_not_installed"))
    died = error_of(process.submit(ProbeRequest()))
    process.close()
    assert type(died) is EngineDied
    assert "No module named 'trtstudio_that_is_not_installed'" in died.details
    assert "is installed" in died.hint


def test_closing_stops_everything_and_keeps_it_so(engine, until):
    pid = pid_of(engine)
    running = engine.submit(build("sleep"))
    until(lambda: running.progress)
    waiting = engine.submit(build("plain"))
    engine.close(timeout_s=0.1)
    assert not is_alive(pid)
    for job in (running, waiting, engine.submit(ProbeRequest())):
        assert type(error_of(job)) is Cancelled
    engine.close()


def test_cancelling_what_was_asked_after_closing_is_harmless():
    process = EngineProcess("closed")
    process.close()
    job = process.submit(ProbeRequest())
    job.cancel()
    assert type(error_of(job)) is Cancelled


def test_closing_lets_work_that_listens_end(engine, until):
    before = set(threading.enumerate())
    job = engine.submit(build("wait for cancel"))
    until(lambda: job.progress)
    engine.close(timeout_s=TIMEOUT_S)
    assert type(error_of(job)) is Cancelled
    begun = set(threading.enumerate()) - before
    assert not any("engine process" in thread.name for thread in begun)


WINDOW = """
import os, signal, sys
from trtstudio.host.client import EngineProcess
from trtstudio.model.build.build import BuildRequest
process = EngineProcess("echo", arguments=sys.argv[1:2])
print(process.submit(BuildRequest("pid", "")).future.result().runtime, os.getpid(), flush=True)
job = process.submit(BuildRequest("{does}", ""))
while not job.progress: pass
print(job.progress.phase, flush=True)
{end}
"""


@pytest.mark.parametrize("does", ["sleep", "hold a program"])
@pytest.mark.parametrize(
    "end",
    [
        pytest.param("os.kill(os.getpid(), signal.SIGKILL)", marks=posix, id="killed"),
        pytest.param("os._exit(0)", id="gone"),
        pytest.param("", id="ended without closing"),
    ],
)
def test_a_window_that_is_gone_leaves_nothing(end, does, echo_arguments, until, tmp_path):
    memory = Path("/dev/shm")
    places = [place for place in (memory, tmp_path) if place.is_dir()]
    window = subprocess.run(
        [sys.executable, "-c", WINDOW.format(end=end, does=does), *echo_arguments],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert window.stderr == ""
    engine_pid, window_pid, phase = window.stdout.split()
    until(lambda: not is_alive(int(engine_pid)))
    if does == "hold a program":
        until(lambda: not is_alive(int(phase)))
    until(lambda: not any(list(p.glob(f"trtstudio-{window_pid}-*")) for p in places))


def test_a_users_own_module_is_not_taken_for_pythons(tmp_path):
    """A console script does not look for modules in the current folder; neither may its engine."""
    (tmp_path / "random.py").write_text("raise SystemExit('the wrong random')")
    script = (
        "import sys; sys.path.remove('')\n"
        "from trtstudio.host.client import EngineProcess\n"
        "from trtstudio.model.requests import ProbeRequest\n"
        "process = EngineProcess('real')\n"
        "print(process.submit(ProbeRequest()).future.exception())\n"
    )
    window = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=True,
    )
    assert window.stdout == "None\n"


def test_submitting_from_many_threads(engine):
    results = []

    def work(number: int) -> None:
        for _ in range(10):
            array = np.full((100, 100), number)
            results.append((number, ask(engine, RunRequest(1, {"x": array})).outputs["x"]))

    threads = [threading.Thread(target=work, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 40
    assert all((array == number).all() for number, array in results)


def test_each_kind_of_work_has_its_process(engines):
    for request in (ProbeRequest(), NetworkRequest("m"), build("plain")):
        ask(engines, request)
    assert engines.runner._life is None
    for request in (EngineRequest("p"), LoadRequest("p"), RunRequest(1, {}), UnloadRequest(1)):
        ask(engines, request)
    assert int(ask(engines, build("pid")).runtime) == pid_of(engines.builder)
    assert engines.runner._life is not None


def test_a_benchmark_waits_for_the_build_and_a_run_does_not(engines, until):
    building = engines.submit(build("wait for cancel"))
    until(lambda: building.progress)
    bench = engines.submit(BenchRequest(1, duration_s=0.0))
    behind = engines.submit(build("plain"))
    assert ask(engines, RunRequest(1, {})).outputs == {}
    for job in (bench, behind):
        assert job.progress == Progress("waiting for the build to finish")
        assert not job.is_sent
    building.cancel(grace_s=TIMEOUT_S)
    assert bench.future.result(TIMEOUT_S).iterations == 10
    assert bench.progress is None
    assert behind.future.result(TIMEOUT_S).plan_bytes == 1


def test_leaving_the_line_lets_nobody_jump_it(engines, until):
    bench = engines.submit(BenchRequest(1, duration_s=600.0))
    until(lambda: bench.samples)
    second = engines.submit(build("plain"))
    third = engines.submit(build("plain"))
    assert second.progress == Progress("waiting for the benchmark to finish")
    second.cancel()
    assert type(error_of(second)) is Cancelled
    assert not third.is_sent
    bench.cancel(grace_s=0.0)
    assert type(error_of(bench)) is Cancelled
    assert third.future.result(TIMEOUT_S).plan_bytes == 1


def test_closing_both_cancels_the_whole_line(echo_arguments, until):
    engines = Engines(arguments=echo_arguments)
    jobs = [engines.submit(r) for r in (build("sleep"), BenchRequest(1), build("plain"))]
    until(lambda: jobs[0].progress)
    engines.close(timeout_s=0.2)
    assert [type(error_of(job)) for job in jobs] == [Cancelled] * 3


def test_what_is_asked_after_closing_starts_no_process(echo_arguments):
    engines = Engines(arguments=echo_arguments)
    engines.close()
    before = set(threading.enumerate())
    for request in (build("plain"), ProbeRequest(), LoadRequest("x"), BenchRequest(1)):
        assert type(error_of(engines.submit(request))) is Cancelled
    assert set(threading.enumerate()) <= before


def test_it_is_known_whether_a_session_is_still_there(engines, until):
    session = ask(engines, LoadRequest("a.onnx")).session
    assert engines.has(session) and not engines.has(session + 1)
    polite = engines.submit(build("wait for cancel"))
    polite.cancel(grace_s=TIMEOUT_S)
    assert type(error_of(polite)) is Cancelled
    deaf = engines.submit(build("sleep"))
    until(lambda: deaf.progress)
    deaf.cancel(grace_s=0.0)
    assert type(error_of(deaf)) is Cancelled
    assert engines.has(session), "what ended was another process"
    last = engines.submit(BenchRequest(session, duration_s=600.0))
    until(lambda: last.take_samples())
    last.cancel(grace_s=0.0)
    assert type(error_of(last)) is Cancelled
    assert not engines.has(session)


def test_memory_is_counted_where_the_model_would_be_loaded(engines):
    load = LoadRequest("a.plan", options=LoadOptions(device=1), exact_fp32=True)
    assert ask(engines, MemoryRequest(load)).items[0].source == "a.plan"
    process = engines._process(Place("runner", OWN, device=1, exact_fp32=True))
    life = process._life
    assert life is not None and engines.runner._life is None
    ask(engines, load)
    assert process._life is life and engines.runner._life is None


def test_benchmarks_that_belong_together_begin_together(engines, until):
    there = ask(engines, LoadRequest("a.plan", options=LoadOptions(device=1))).session
    building = engines.submit(build("wait for cancel"))
    until(lambda: building.progress)
    requests = [BenchRequest(number, duration_s=600.0) for number in (there, there + 1)]
    first, second = engines.submit_together(requests)
    behind = engines.submit(build("plain"))
    assert not first.is_sent and not second.is_sent
    building.cancel(grace_s=TIMEOUT_S)
    until(lambda: first.samples and second.samples)
    assert not behind.is_sent
    assert behind.progress == Progress("waiting for the benchmark to finish")
    first.cancel(grace_s=0.0)
    assert type(error_of(first)) is Cancelled
    assert not behind.is_sent, "the other still measures"
    second.cancel(grace_s=0.0)
    assert behind.future.result(TIMEOUT_S).plan_bytes == 1
