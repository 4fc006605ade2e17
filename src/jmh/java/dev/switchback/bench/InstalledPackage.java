package dev.switchback.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The unpacked package with its AOT caches, below a directory, and a network that it has trained.
 * All names are relative, so none contains a space.
 */
record InstalledPackage(Path directory) {
  static boolean isPossible() {
    return Command.isThere("dpkg-deb");
  }

  /** Builds the package and unpacks it into a directory. */
  static InstalledPackage in(Path directory) throws IOException, InterruptedException {
    InstalledPackage installed = new InstalledPackage(directory);
    Command.of("rm", "-rf", directory.toString()).run();
    Files.createDirectories(directory);
    String deb = Command.of("scripts/package", "--output", directory.toString()).output();
    Command.of("dpkg-deb", "--extract", deb, installed.file("root")).run();
    if (!Command.of(installed.file("root/usr/lib/switchback/build-aot-cache"))
        .succeeds(Redirect.INHERIT)) {
      throw new BenchException("no AOT cache could be made");
    }
    Command.of("scripts/switchback", "train", "--out", installed.network()).runUnseen();
    Command.of("scripts/switchback", "convert", installed.network(), installed.arrays())
        .runUnseen();
    return installed;
  }

  String file(String name) {
    return directory.resolve(name).toString();
  }

  String command() {
    return file("root/usr/bin/switchback");
  }

  /** Returns the file of the network, as written by {@code train}. */
  String network() {
    return file("xor.safetensors");
  }

  /** Returns the file of the same network for numpy. */
  String arrays() {
    return file("xor.npz");
  }
}
