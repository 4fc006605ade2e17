/*
 * The life of the weights as a model for Spin, by the table of transitions. weight-store.md says
 * what it holds and what it leaves out; scripts/check-model runs it. The rows between the two lines
 * of dashes are written by UpdateModel from Transition.TABLE, the rest by hand.
 *
 * Three kinds of lines are printed, and read by ModelRun: what happens, with what becomes of each
 * change of a file ("> test record-written"); what is there afterwards ("= slots GOOD EMPTY, ...");
 * what a property demands that this violates ("! WORD_KEPT FILE b").
 */

#define A 0
#define B 1
#define FACTORY 2
#define NOBODY 3
#define OTHER(file) (1 - (file))
#define PASSES(file) (content[file] == GOOD)

mtype = { NONE, TEST, PERMANENT, REVERT, REFUSED };
mtype = { start, fail, stage, test, permanent, confirm, revert, erase, outside };
mtype = { EMPTY, GOOD, BAD };
mtype = { NOTHING, WRITE, DELETE };

/* What was promised so far, of which neither the store nor the table knows anything. */
mtype = {
  STAYS,      /* the kept file answers */
  TRIAL_NEXT, /* the other file answers from the next start on, for one start */
  GOOD_NEXT,  /* the other file answers from the next start on, and is then the kept one */
  ON_TRIAL    /* the other file answers; from the next start on the kept one does */
};

typedef Record {
  bit slot_0; /* the file that is */
  mtype swap;
  bit kept;
  mtype promise
};

/* ---- the device ------------------------------------------------------------------------------ */

mtype content[2];
Record disk;
Record record;        /* in memory */
bool certain;         /* the disk holds this record for sure */
bool on;              /* the program runs */
byte answer = NOBODY; /* a file, or one of the two above */

/* ---- the properties -------------------------------------------------------------------------- */

mtype = { ANSWERS, TAKEN_BACK, NOT_LOST, NO_TRAP, WORD_KEPT };
#define INDEX(property) (ANSWERS - property) /* Spin counts these constants down */

bool violated[5];
bool over;            /* nothing happens after a violation */
byte calm;            /* starts without trouble and with nothing else between, up to two */
byte killer = NOBODY; /* the file on trial that killed the last start */

ltl answers { [] !violated[INDEX(ANSWERS)] }
ltl taken_back { [] !violated[INDEX(TAKEN_BACK)] }
ltl not_lost { [] !violated[INDEX(NOT_LOST)] }
ltl no_trap { [] !violated[INDEX(NO_TRAP)] }
ltl word_kept { [] !violated[INDEX(WORD_KEPT)] }

mtype = { STARTED, SOMEBODY, SLOT, FILE, UNTOUCHED, NOT_BAD, SETTLED, ALLOWED, ABLE, EMPTIED };

/* ---- one event, cleared after it ------------------------------------------------------------- */

mtype event, step;
mtype image;        /* that is staged */
mtype old;          /* what slot 1 held */
Record was, next;
bool found, allowed, exchanged, unrecorded;
bool landed;        /* the last change of a file is there */
bool done;          /* and the program was told so */
bool trouble;       /* a change was not done, or the program was killed */
bool broke;         /* a start had no row to take */
bool shaken;        /* slot 0 was changed from outside: a start is next, as no command sees it */
byte before, target, touched, expected, named;

inline copy(from, to) {
  to.slot_0 = from.slot_0;
  to.swap = from.swap;
  to.kept = from.kept;
  to.promise = from.promise
}

inline clear() {
  event = outside;
  image = EMPTY;
  old = EMPTY;
  step = NOTHING;
  was.slot_0 = A;
  was.swap = NONE;
  was.kept = A;
  was.promise = STAYS;
  copy(was, next);
  found = false;
  allowed = false;
  exchanged = false;
  unrecorded = false;
  landed = false;
  done = false;
  trouble = false;
  broke = false;
  before = NOBODY;
  target = NOBODY;
  touched = NOBODY;
  expected = NOBODY;
  named = NOBODY;
  if
  :: !on ->
    copy(was, record);
    certain = false;
    answer = NOBODY
  :: else
  fi
}

/* Where the kept file does not pass, the other is kept. */
inline fall_back(these) {
  these.promise = STAYS;
  if
  :: !PASSES(these.kept) && PASSES(OTHER(these.kept)) -> these.kept = OTHER(these.kept)
  :: else
  fi
}

/* ---- the table ------------------------------------------------------------------------------- */

#define ALWAYS true
#define SLOT_1_PASSES PASSES(OTHER(record.slot_0))
#define IMAGE_PASSES (image == GOOD)
#define STAY false
#define EXCHANGED true
#define NOT_DONE false
#define DONE true

inline row(state, on_event, guard, to, exchange, without_record, file) {
  if
  :: !found && record.swap == state && event == on_event && guard ->
    found = true;
    allowed = (to != REFUSED);
    next.swap = to;
    exchanged = exchange;
    unrecorded = without_record;
    step = file
  :: else
  fi
}

inline table() {
  /* -------------------------------------------------------------------------------------------- */
  row(NONE, start, ALWAYS, NONE, STAY, NOT_DONE, NOTHING);
  row(TEST, start, ALWAYS, REVERT, EXCHANGED, NOT_DONE, NOTHING);
  row(PERMANENT, start, SLOT_1_PASSES, NONE, EXCHANGED, NOT_DONE, NOTHING);
  row(PERMANENT, start, ALWAYS, NONE, STAY, DONE, NOTHING);
  row(REVERT, start, ALWAYS, NONE, EXCHANGED, DONE, NOTHING);
  row(NONE, fail, SLOT_1_PASSES, NONE, EXCHANGED, DONE, NOTHING);
  row(NONE, fail, ALWAYS, NONE, STAY, DONE, NOTHING);
  row(TEST, fail, SLOT_1_PASSES, NONE, EXCHANGED, DONE, NOTHING);
  row(TEST, fail, ALWAYS, NONE, STAY, DONE, NOTHING);
  row(PERMANENT, fail, SLOT_1_PASSES, NONE, EXCHANGED, DONE, NOTHING);
  row(PERMANENT, fail, ALWAYS, NONE, STAY, DONE, NOTHING);
  row(REVERT, fail, ALWAYS, NONE, EXCHANGED, DONE, NOTHING);
  row(NONE, stage, IMAGE_PASSES, NONE, STAY, NOT_DONE, WRITE);
  row(TEST, stage, IMAGE_PASSES, NONE, STAY, NOT_DONE, WRITE);
  row(PERMANENT, stage, IMAGE_PASSES, NONE, STAY, NOT_DONE, WRITE);
  row(REVERT, stage, ALWAYS, REFUSED, STAY, NOT_DONE, NOTHING);
  row(NONE, test, SLOT_1_PASSES, TEST, STAY, NOT_DONE, NOTHING);
  row(TEST, test, SLOT_1_PASSES, TEST, STAY, NOT_DONE, NOTHING);
  row(PERMANENT, test, SLOT_1_PASSES, TEST, STAY, NOT_DONE, NOTHING);
  row(REVERT, test, ALWAYS, REFUSED, STAY, NOT_DONE, NOTHING);
  row(NONE, permanent, SLOT_1_PASSES, PERMANENT, STAY, NOT_DONE, NOTHING);
  row(TEST, permanent, SLOT_1_PASSES, PERMANENT, STAY, NOT_DONE, NOTHING);
  row(PERMANENT, permanent, SLOT_1_PASSES, PERMANENT, STAY, NOT_DONE, NOTHING);
  row(REVERT, permanent, ALWAYS, REFUSED, STAY, NOT_DONE, NOTHING);
  row(NONE, confirm, ALWAYS, NONE, STAY, NOT_DONE, NOTHING);
  row(TEST, confirm, ALWAYS, REFUSED, STAY, NOT_DONE, NOTHING);
  row(PERMANENT, confirm, ALWAYS, REFUSED, STAY, NOT_DONE, NOTHING);
  row(REVERT, confirm, ALWAYS, NONE, STAY, NOT_DONE, NOTHING);
  row(NONE, revert, SLOT_1_PASSES, PERMANENT, STAY, NOT_DONE, NOTHING);
  row(TEST, revert, ALWAYS, NONE, STAY, NOT_DONE, NOTHING);
  row(PERMANENT, revert, ALWAYS, NONE, STAY, NOT_DONE, NOTHING);
  row(REVERT, revert, SLOT_1_PASSES, NONE, EXCHANGED, NOT_DONE, NOTHING);
  row(NONE, erase, ALWAYS, NONE, STAY, NOT_DONE, DELETE);
  row(TEST, erase, ALWAYS, NONE, STAY, NOT_DONE, DELETE);
  row(PERMANENT, erase, ALWAYS, NONE, STAY, NOT_DONE, DELETE);
  row(REVERT, erase, ALWAYS, REFUSED, STAY, NOT_DONE, NOTHING);
  /* -------------------------------------------------------------------------------------------- */
  skip
}

/* What an event promises that is carried out; who marks the kept file promises nothing new. */
#define MARKS (OTHER(record.slot_0) != record.kept)

inline promised() {
  if
  :: event == start && record.promise == TRIAL_NEXT -> next.promise = ON_TRIAL
  :: event == start && record.promise == ON_TRIAL -> next.promise = STAYS
  :: event == start && record.promise == GOOD_NEXT ->
    next.promise = STAYS;
    next.kept = (PASSES(OTHER(record.kept)) -> OTHER(record.kept) : record.kept)
  :: event == fail -> fall_back(next)
  :: event == confirm && record.promise == ON_TRIAL ->
    next.promise = STAYS;
    next.kept = OTHER(record.kept)
  :: event == revert && record.promise == STAYS && MARKS -> next.promise = GOOD_NEXT
  :: event == revert && record.promise != STAYS -> next.promise = STAYS
  :: event == test && MARKS -> next.promise = TRIAL_NEXT
  :: event == permanent && MARKS -> next.promise = GOOD_NEXT
  :: (event == stage || event == erase) && MARKS -> next.promise = STAYS
  :: else
  fi
}

/* Transition.of, and the record after it. */
inline find() {
  d_step {
    copy(record, next);
    found = false;
    allowed = false;
    exchanged = false;
    unrecorded = false;
    step = NOTHING;
    table();
    if
    :: allowed -> promised()
    :: else -> next.swap = record.swap
    fi;
    if
    :: exchanged -> next.slot_0 = OTHER(record.slot_0)
    :: else
    fi
  }
}

#define CHANGES (exchanged || next.swap != record.swap)

/* ---- the store ------------------------------------------------------------------------------- */

/* To replace or delete a file; the last two ways are power cuts. */
inline attempt() {
  if
  :: landed = true; done = true; printf("written")
  :: landed = false; done = false; printf("refused")
  :: landed = true; done = false; printf("unsynced")
  :: landed = false; done = false; on = false; printf("cut-before")
  :: landed = true; done = false; on = false; printf("cut-after")
  fi;
  trouble = trouble || !done
}

inline replace_record(with) {
  printf(" record-");
  attempt();
  certain = done;
  if
  :: landed -> copy(with, disk)
  :: else
  fi
}

inline change_slot(file, with) {
  printf(" slot-");
  attempt();
  if
  :: landed ->
    content[file] = with;
    touched = file
  :: else
  fi
}

/* WeightStore.follow */
inline follow(what, lasting) {
  event = what;
  find();
  done = true;
  if
  :: !allowed ->
    on = false;
    broke = true;
    printf(" breaks")
  :: allowed && lasting && CHANGES -> replace_record(next)
  :: else
  fi;
  if
  :: on && (done || unrecorded) -> copy(next, record)
  :: else
  fi
}

/* WeightStore.keep */
inline keep_factory_image() {
  done = true;
  if
  :: !certain -> replace_record(record)
  :: else
  fi;
  if
  :: done -> change_slot(record.slot_0, GOOD)
  :: else
  fi
}

/* WeightStore.start; an image on trial may kill the program in it. */
inline begin() {
  copy(disk, record);
  copy(disk, was);
  certain = true;
  if
  :: killer != NOBODY && !PASSES(OTHER(killer)) -> killer = NOBODY
  :: else
  fi;
  follow(start, true);
  if
  :: true
  :: on && record.promise == ON_TRIAL && record.slot_0 != record.kept && PASSES(record.slot_0) ->
    on = false;
    trouble = true;
    killer = record.slot_0;
    printf(" killed")
  fi;
  if
  :: on && !PASSES(record.slot_0) -> follow(fail, certain)
  :: else
  fi;
  if
  :: on && answer == NOBODY && content[A] == EMPTY && content[B] == EMPTY -> keep_factory_image()
  :: else
  fi;
  if
  :: on && PASSES(record.slot_0) -> answer = record.slot_0
  :: on && !PASSES(record.slot_0) && answer == NOBODY -> answer = FACTORY
  :: else
  fi
}

/* WeightStore.apply */
inline command() {
  copy(record, was);
  before = answer;
  target = OTHER(record.slot_0);
  old = content[target];
  find();
  done = allowed;
  if
  :: !allowed -> printf(" not-allowed")
  :: allowed && !certain -> replace_record(record)
  :: else
  fi;
  if
  :: done && CHANGES -> replace_record(next)
  :: else
  fi;
  if
  :: done && CHANGES -> copy(next, record)
  :: else
  fi;
  if
  :: done && step == WRITE -> change_slot(target, image)
  :: done && step == DELETE -> change_slot(target, EMPTY)
  :: else
  fi;
  if
  :: done ->
    copy(next, record);
    answer = (PASSES(record.slot_0) -> record.slot_0 : answer)
  :: else
  fi
}

inline say(who) {
  if
  :: who == A -> printf(" a")
  :: who == B -> printf(" b")
  :: who == FACTORY -> printf(" factory")
  :: who == NOBODY -> printf(" nobody")
  fi
}

/* Another truth table is configured, or the one before again; or bytes are no image any more. */
inline change_from_outside(file) {
  touched = file;
  if
  :: content[file] == GOOD -> content[file] = BAD; printf("> spoil")
  :: content[file] == BAD -> content[file] = GOOD; printf("> mend")
  :: content[file] = EMPTY; printf("> break")
  fi;
  say(touched)
}

/* ---- what is there --------------------------------------------------------------------------- */

inline tell() {
  printf("\n= slots %e %e, disk %e", content[A], content[B], disk.swap);
  say(disk.slot_0);
  if
  :: on ->
    printf(", memory %e", record.swap);
    say(record.slot_0);
    printf(", answer");
    say(answer)
  :: else -> printf(", off")
  fi;
  printf("\n")
}

/* ---- what must hold -------------------------------------------------------------------------- */

inline must(holds, property, demand) {
  if
  :: holds
  :: else ->
    printf("! %e %e\n", property, demand);
    violated[INDEX(property)] = true;
    over = true
  fi
}

inline must_file(holds, property, demand, file) {
  if
  :: holds
  :: else ->
    printf("! %e %e", property, demand);
    named = file;
    say(named);
    printf("\n");
    violated[INDEX(property)] = true;
    over = true
  fi
}

/* What is promised without a change of the record. */
inline promise_lasts() {
  disk.kept = record.kept;
  disk.promise = record.promise
}

#define CANDIDATE OTHER(was.kept)
#define WAS_MARKED (was.promise == TRIAL_NEXT || was.promise == GOOD_NEXT)

inline check_start() {
  must(!broke, ANSWERS, STARTED);
  if
  :: on ->
    must(answer != NOBODY, ANSWERS, SOMEBODY);
    must((!PASSES(A) && !PASSES(B) || answer <= B && PASSES(answer)), ANSWERS, SLOT);
    must_file((was.promise != ON_TRIAL || !PASSES(was.kept) || answer == was.kept),
      TAKEN_BACK, FILE, was.kept);
    must_file((killer == NOBODY || answer != killer), TAKEN_BACK, FILE, OTHER(killer));
    must_file((was.promise != STAYS || !PASSES(was.kept) || answer == was.kept),
      NOT_LOST, FILE, was.kept);
    must_file((!WAS_MARKED || trouble || !PASSES(CANDIDATE) || answer == CANDIDATE),
      WORD_KEPT, FILE, CANDIDATE);
    must_file((!WAS_MARKED || !trouble && PASSES(CANDIDATE)
      || !PASSES(was.kept) || answer == was.kept),
      NOT_LOST, FILE, was.kept);
    calm = (trouble -> 0 : (calm < 2 -> calm + 1 : 2));
    must((calm < 2 || record.swap == NONE && disk.swap == NONE), NO_TRAP, SETTLED);
    killer = NOBODY;
    if
    :: trouble
    :: !trouble && record.promise == ON_TRIAL && PASSES(OTHER(record.kept)) -> promise_lasts()
    :: else ->
      fall_back(record);
      promise_lasts()
    fi
  :: else -> calm = 0
  fi
}

#define TOUCHES_WAY_BACK (event == stage || event == test || event == permanent || event == erase)

/* The kept image lies in slot 1 and is not the way back; the true table never leads here. */
#define UNCLEAR (was.promise == STAYS && target == was.kept)
#define NEEDS_SLOT_1 (event == test || event == permanent || event == revert && !WAS_MARKED)

inline check_command() {
  must_file((touched == NOBODY || touched != was.kept || old == EMPTY),
    NOT_LOST, UNTOUCHED, touched);
  must_file((touched == NOBODY || content[touched] != BAD), NOT_LOST, NOT_BAD, touched);
  must((allowed || UNCLEAR
    || was.promise == ON_TRIAL && TOUCHES_WAY_BACK
    || WAS_MARKED && event == confirm
    || NEEDS_SLOT_1 && !PASSES(target)
    || event == stage && image == BAD), WORD_KEPT, ALLOWED);
  if
  :: done ->
    expected = before;
    if
    :: event == revert && was.promise == ON_TRIAL -> expected = was.kept
    :: else
    fi;
    must_file((PASSES(target) || UNCLEAR || event != stage && !NEEDS_SLOT_1),
      WORD_KEPT, ABLE, target);
    must_file((answer == expected || NEEDS_SLOT_1 && !PASSES(target)),
      WORD_KEPT, FILE, expected);
    must_file((event != erase || content[target] == EMPTY), WORD_KEPT, EMPTIED, target);
    promise_lasts()
  :: else
  fi;
  calm = 0
}

/* ---- anything, in any order ------------------------------------------------------------------ */

init {
  content[A] = EMPTY;
  content[B] = EMPTY;
  clear();
  copy(was, disk);
  do
  :: atomic {
    !over;
    if
    :: event = start; on = true; answer = NOBODY; printf("> start")
    :: on -> event = start; printf("> reload")
    :: on && !shaken -> event = stage; image = GOOD; printf("> stage good")
    :: on && !shaken -> event = stage; image = BAD; printf("> stage bad")
    :: on && !shaken -> event = test; printf("> test")
    :: on && !shaken -> event = permanent; printf("> permanent")
    :: on && !shaken -> event = confirm; printf("> confirm")
    :: on && !shaken -> event = revert; printf("> revert")
    :: on && !shaken -> event = erase; printf("> erase")
    :: content[A] != EMPTY -> change_from_outside(A)
    :: content[B] != EMPTY -> change_from_outside(B)
    fi;
    if
    :: event == start -> begin()
    :: event == outside
    :: else -> command()
    fi;
    d_step {
      tell();
      if
      :: event == start || event == fail -> check_start()
      :: event == outside -> calm = 0
      :: else -> check_command()
      fi;
      shaken = (on && event == outside && (shaken || touched == record.slot_0));
      clear()
    }
  }
  od
}
