/** What runs in the user's Python: Optuna's ask and tell (https://optuna.readthedocs.io, "Ask-and-Tell Interface"), Optuna 3 and newer. */
export const OPTUNA_PROGRAM = `
import json, sys
answers = sys.stdout
sys.stdout = sys.stderr
def answer(what):
    answers.write(json.dumps(what) + "\\n")
    answers.flush()
begin = json.loads(sys.stdin.readline())
try:
    import optuna
except ImportError as error:
    answer({"error": "%s has no Optuna (%s)" % (sys.executable, error)})
    sys.exit(0)
optuna.logging.set_verbosity(optuna.logging.ERROR)
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import QMCSampler, RandomSampler, TPESampler
from optuna.trial import TrialState
try:
    from optuna.storages.journal import JournalFileBackend
except ImportError:
    from optuna.storages import JournalFileStorage as JournalFileBackend
space, first = {}, {}
for one in begin["spaces"]:
    if "choices" in one:
        space[one["name"]] = CategoricalDistribution(one["choices"])
        continue
    log = one["distribution"] == "loguniform"
    kind = IntDistribution if one["whole"] else FloatDistribution
    space[one["name"]] = kind(one["low"], one["high"], log=log)
    if one["initial"] is not None:
        first[one["name"]] = one["initial"]
seed = begin["seed"] % 2**32
samplers = {
    "tpe": lambda: TPESampler(seed=seed, constant_liar=begin["jobs"] > 1),
    "random": lambda: RandomSampler(seed=seed),
    "qmc": lambda: QMCSampler(seed=seed),
}
if begin["sampler"] not in samplers:
    answer({"error": "There is no sampler %s; there are %s" % (begin["sampler"], ", ".join(samplers))})
    sys.exit(0)
study = optuna.create_study(
    storage=optuna.storages.JournalStorage(JournalFileBackend(begin["journal"])),
    study_name=begin["tag"],
    sampler=samplers[begin["sampler"]](),
    direction="minimize" if begin["goal"] == "min" else "maximize",
    load_if_exists=True,
)
if first and not study.trials:
    study.enqueue_trial(first)
answer({})
for line in sys.stdin:
    asked = json.loads(line)
    if "ask" in asked:
        trial = study.ask(space)
        answer({"number": trial.number, "params": trial.params})
    else:
        value = asked["value"]
        if value is None:
            study.tell(asked["tell"], state=TrialState.FAIL, skip_if_finished=True)
        else:
            study.tell(asked["tell"], value, skip_if_finished=True)
        answer({})
`;
