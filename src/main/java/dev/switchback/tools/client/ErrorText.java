package dev.switchback.tools.client;

import java.util.List;
import java.util.Map;

/** The errors of servers in words, by the numbers of Zephyr's groups and of our own. */
final class ErrorText {
  private static final List<String> GENERIC =
      List.of(
          "",
          "unknown error",
          "not enough memory",
          "a field is missing or wrong",
          "it took too long",
          "there is no such entry",
          "not in this state",
          "the answer would be too long",
          "it does not know this command",
          "what it holds is damaged",
          "it is busy",
          "access is denied",
          "it does not speak this protocol any more",
          "it does not speak this protocol yet");

  private static final Map<Integer, List<String>> OF_GROUP =
      Map.of(
          0,
          List.of(
              "unknown error",
              "the format is not known",
              "there is no answer to this",
              "the clock is not set",
              "the clock does not answer"),
          1,
          List.of(
              "unknown error",
              "the flash cannot be looked up",
              "there is no such image",
              "the image has no TLVs",
              "a TLV is not valid",
              "the image has several hashes",
              "a TLV has the wrong size",
              "there is no image of this hash",
              "no slot is free",
              "the slot cannot be opened",
              "the slot cannot be read",
              "the slot cannot be written",
              "the slot cannot be erased",
              "there is no such slot",
              "not enough memory",
              "the slot is open already",
              "the slot is not open",
              "the slot cannot be looked up",
              "the page cannot be looked up",
              "the offset is not valid",
              "the length is missing or not valid",
              "the image's header is not valid",
              "the image's magic is wrong",
              "the hash is wrong",
              "the image is for another address",
              "the image has no version",
              "the version that runs is newer",
              "an image is marked already",
              "the image's vector table is not valid",
              "the image is too large",
              "more bytes came than announced",
              "it may not be confirmed",
              "what answers already cannot be tried"),
          2,
          List.of(
              "unknown error",
              "there is no such group",
              "there is no such value",
              "a value has no valid size",
              "reading was cut off"),
          8,
          List.of(
              "unknown error",
              "the name is not valid",
              "there is no such file",
              "it is a directory",
              "the file cannot be opened",
              "the file has no such place",
              "the file cannot be read",
              "the file cannot be shortened",
              "the file cannot be deleted",
              "the file cannot be written",
              "the offset is not valid",
              "the offset is beyond the end",
              "there is no such checksum",
              "nothing is mounted there",
              "the file cannot be changed",
              "the file is empty"),
          9,
          List.of("unknown error", "the command is too long", "there is no command"),
          100,
          List.of(
              "unknown error",
              "not in this state",
              "there is no such image",
              "the image fails the self-test",
              "the storage fails",
              "the input is not valid"));

  private ErrorText() {}

  /** An error of a group's own. */
  static String ofGroup(long group, long rc) {
    List<String> words = OF_GROUP.getOrDefault((int) group, List.of());
    return rc >= 1 && rc <= words.size()
        ? words.get((int) rc - 1)
        : "error " + rc + " of group " + group;
  }

  /** An error that any group may give. */
  static String generic(long rc) {
    return rc >= 1 && rc < GENERIC.size() ? GENERIC.get((int) rc) : "error " + rc;
  }
}
