package dev.switchback.wire.smp;

import java.io.IOException;

/** Group 2: counters. */
public final class StatGroup extends SmpGroup {
  private static final int SHOW = 0;
  private static final int LIST = 1;

  private final StatPort port;

  public StatGroup(StatPort port) {
    super(2, "stat mgmt", 2);
    this.port = port;
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.isRead(SHOW)) {
      show(request.map().text("name"), answer);
    } else if (request.isRead(LIST)) {
      answer.list("stat_list");
      for (String name : port.names()) {
        answer.text(name);
      }
      answer.end();
    } else {
      throw request.notSupported();
    }
  }

  private void show(String name, CborWriter answer) throws IOException {
    if (!port.names().contains(name)) {
      throw new SmpException(GroupError.STAT_NO_SUCH_NAME, "no counters of that name");
    }
    answer.text("name", name);
    answer.map("fields");
    port.show(name, answer);
    answer.end();
  }
}
