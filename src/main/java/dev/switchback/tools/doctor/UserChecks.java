package dev.switchback.tools.doctor;

import dev.switchback.device.config.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the permissions for the header and the serial port. */
final class UserChecks {
  /** Fields of a line of the group database. */
  private static final int GROUP_ID = 2;

  private static final int MEMBERS = 3;

  private UserChecks() {}

  /** Checks the current user; it matters only if this user runs the device by hand. */
  static Finding groups(Subject subject) {
    List<String> needed = needed(subject);
    if (needed.isEmpty()) {
      return Finding.skip("neither pins nor a port are used, so no group is needed");
    }
    Finding membership = membership(subject.machine(), needed);
    boolean isService = subject.machine().property("user.name").equals(ServiceUser.NAME);
    return isService && membership.verdict() == Verdict.WARN ? serviceUser(subject) : membership;
  }

  /** Checks whether the current user is in all of these groups. */
  static Finding membership(Machine machine, List<String> groups) {
    List<String> ids = processGroupIds(machine);
    if (ids.isEmpty()) {
      return Finding.skip("the kernel does not show the groups of a process");
    }
    String user = machine.property("user.name");
    if (user.equals("root")) {
      return Finding.pass("root may use everything");
    }
    List<String> missing = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    for (String group : groups) {
      String @Nullable [] entry = entry(machine, group);
      if (entry == null || !ids.contains(entry[GROUP_ID])) {
        (isMember(entry, user) ? fresh : missing).add(group);
      }
    }
    if (!missing.isEmpty()) {
      return Finding.warn(
          user + " is not in " + String.join(", ", missing),
          "sudo usermod -aG " + String.join(",", missing) + " " + user + ", then log in again");
    }
    return fresh.isEmpty()
        ? Finding.pass(user + " is in " + String.join(", ", groups))
        : Finding.warn(
            user + " is in " + String.join(", ", fresh) + ", but this session began before",
            "log out and in again");
  }

  static Finding serviceUser(Subject subject) {
    Machine machine = subject.machine();
    if (!ServiceUser.isOn(machine)) {
      return Finding.skip("no user switchback: the package is not installed");
    }
    List<String> missing =
        needed(subject).stream()
            .filter(group -> !isMember(machine, group, ServiceUser.NAME))
            .toList();
    return missing.isEmpty()
        ? Finding.pass("switchback is in " + String.join(", ", needed(subject)))
        : Finding.fail(
            "switchback is not in " + String.join(", ", missing),
            "sudo systemd-sysusers && sudo systemctl restart switchback");
  }

  private static List<String> needed(Subject subject) {
    List<String> groups = new ArrayList<>();
    if (subject.usesPins()) {
      groups.add("gpio");
    }
    if (!subject.configuration().get(Key.PORT).isEmpty()) {
      groups.add("dialout");
    }
    return groups;
  }

  private static List<String> processGroupIds(Machine machine) {
    return machine
        .textOrNothing("/proc/self/status")
        .lines()
        .filter(line -> line.startsWith("Gid:") || line.startsWith("Groups:"))
        .flatMap(
            line -> Arrays.stream(line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)))
        .toList();
  }

  private static String @Nullable [] entry(Machine machine, String group) {
    return machine
        .textOrNothing("/etc/group")
        .lines()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > MEMBERS && fields[0].equals(group))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether the group database lists the user as a member; ignores primary groups. */
  static boolean isMember(Machine machine, String group, String user) {
    return isMember(entry(machine, group), user);
  }

  private static boolean isMember(String @Nullable [] entry, String user) {
    return entry != null && List.of(entry[MEMBERS].split(",", -1)).contains(user);
  }
}
