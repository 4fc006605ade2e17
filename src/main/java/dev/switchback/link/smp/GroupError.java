package dev.switchback.link.smp;

/** An error that a group defines; SMP 2 tells it with the group, SMP 1 by its nearest relative. */
public interface GroupError {
  int group();

  /** Unique in the group, 1 or more. */
  int code();

  /** What a client of SMP 1 is told. */
  SmpError translated();
}
