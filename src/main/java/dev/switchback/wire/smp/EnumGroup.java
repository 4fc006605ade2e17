package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Group 10: lists the groups. */
public final class EnumGroup extends SmpGroup {
  private static final int COUNT = 0;
  private static final int LIST = 1;
  private static final int ONE = 2;
  private static final int DETAILS = 3;

  private final List<SmpGroup> groups;

  /**
   * The group.
   *
   * @param others the other groups, in the order shown to clients after this one
   */
  public EnumGroup(List<SmpGroup> others) {
    super(10, "enum mgmt", 4);
    groups = new ArrayList<>();
    groups.add(this);
    groups.addAll(others);
  }

  /** Returns this group and the others. */
  public List<SmpGroup> groups() {
    return List.copyOf(groups);
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.isRead(COUNT)) {
      answer.number("count", groups.size());
    } else if (request.isRead(LIST)) {
      list(answer);
    } else if (request.isRead(ONE)) {
      one(request.map().number("index", 0), answer);
    } else if (request.isRead(DETAILS)) {
      details(request.map(), answer);
    } else {
      throw request.notSupported();
    }
  }

  private void list(CborWriter answer) throws IOException {
    answer.list("groups");
    for (SmpGroup group : groups) {
      answer.number(group.id());
    }
    answer.end();
  }

  private void one(long index, CborWriter answer) throws IOException {
    if (index < 0 || index >= groups.size()) {
      throw new SmpException(GroupError.ENUM_INDEX_TOO_LARGE, "no group of index " + index);
    }
    answer.number("group", groups.get((int) index).id());
    if (index == groups.size() - 1) {
      answer.flag("end", true);
    }
  }

  private void details(SmpMap request, CborWriter answer) throws IOException {
    boolean isAll = !request.has("groups");
    List<Long> requestedIds = isAll ? List.of() : request.numbers("groups");
    answer.list("groups");
    for (SmpGroup group : groups) {
      if (isAll || requestedIds.contains((long) group.id())) {
        answer.map();
        answer.number("group", group.id());
        answer.text("name", group.name());
        answer.number("handlers", group.handlers());
        answer.end();
      }
    }
    answer.end();
  }
}
