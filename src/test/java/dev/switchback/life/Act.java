package dev.switchback.life;

import java.util.Random;

/**
 * One event of a life. Its random choices depend only on its own seed, {@code chance}, so the
 * events around it can be removed.
 */
record Act(Kind kind, long chance) {
  /** The kinds of events, with their relative frequency. */
  enum Kind {
    FLIP(100),
    BOUNCE(40),
    WIRE_BREAKS(8),
    LED_BREAKS(4),
    WIRES_FIXED(25),
    TIME_PASSES(40),
    CLOCK_JUMPS(4),
    POWER_CUT(95),
    POWER_CUT_AT_THE_DISK(110),
    KILLED(10),
    DISK_FULL(5),
    DISK_READ_ONLY(4),
    DISK_DOES_NOT_SYNC(4),
    DISK_DOES_NOT_READ(4),
    DISK_GONE(3),
    DISK_FIXED(100),
    CABLE_PULLED(15),
    CABLE_STALLS(10),
    CABLE_GETS_BAD(5),
    CABLE_GETS_GOOD(15),
    NOISE(15),
    UPLOAD_BEGINS(85),
    UPLOAD_GOES_ON(95),
    SLOT_1_IS_MARKED(75),
    RESET(45),
    CONFIRMED(35),
    REVERTED(20),
    ERASED(5),
    RETRAINED(2),
    TEACH_PRESSED(4),
    TEACH_HELD(1),
    TAUGHT(2),
    TRAINING_GOES_ON(10),
    STATUS_READ(20),
    SMP_READ(25),
    SMP_MALFORMED(15),
    FILE_WRITTEN(15),
    SHELL_COMMAND(35),
    KEYS_TYPED(20),
    YMODEM_BEGINS(8),
    YMODEM_GOES_ON(20),
    ENGINE_CHANGED(3),
    OWNER_VISITS(2);

    final int share;

    Kind(int share) {
      this.share = share;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int SHARES = shares();

  private static int shares() {
    int sum = 0;
    for (Kind kind : KINDS) {
      sum += kind.share;
    }
    return sum;
  }

  static Act of(Random random) {
    int choice = random.nextInt(SHARES);
    int index = 0;
    while (choice >= KINDS[index].share) {
      choice -= KINDS[index++].share;
    }
    return new Act(KINDS[index], random.nextLong());
  }
}
