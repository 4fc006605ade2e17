package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.SigningKey;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code keygen}, {@code sign} and {@code verify}. */
class SigningTest {
  private static final WeightImage IMAGE =
      WeightImage.of(
          ImageVersion.parse("1.2.3+4"),
          new Parameters(Topology.parse("2-2-1", Activation.SIGMOID)),
          Engine.FLOAT,
          Map.of());

  @TempDir private Path directory;

  @BeforeEach
  void anImage() throws IOException {
    Files.write(directory.resolve("w.img"), IMAGE.bytes());
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private String written(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    return run.out();
  }

  private void assertRefused(String message, String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals("switchback: " + message + "\n", run.err());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }

  @Test
  void aKeyPairIsWrittenAndTheOwnerAloneReadsThePrivateKey() throws IOException {
    assertEquals(
        "written: "
            + file("k.pem")
            + ", the private key for signing: keep it secret\nwritten: "
            + file("k.pub.pem")
            + ", the public key for verifying: share it\n",
        written("keygen", file("k.pem")));
    SigningKey key = SigningKey.parsePem(Files.readString(Path.of(file("k.pem"))));
    assertEquals(key.verifyingKey().toPem(), Files.readString(Path.of(file("k.pub.pem"))));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file("k.pem")))));
  }

  @Test
  void thePublicKeyOfAFileWithoutPemInItsNameLiesBesideItToo() {
    written("keygen", file("mine"));
    assertTrue(Files.exists(Path.of(file("mine.pub.pem"))));
  }

  @Test
  void thePublicKeyMayLieElsewhere() throws IOException {
    written("keygen", file("k.pem"), "--public", file("out.pem"));
    SigningKey key = SigningKey.parsePem(Files.readString(Path.of(file("k.pem"))));
    assertEquals(key.verifyingKey().toPem(), Files.readString(Path.of(file("out.pem"))));
    assertFalse(Files.exists(Path.of(file("k.pub.pem"))));
  }

  @Test
  void aKeyIsNotOverwritten() throws IOException {
    Path publicKey = Files.writeString(Path.of(file("k.pub.pem")), "precious");
    assertRefused(publicKey + " already exists; --force overwrites it", "keygen", file("k.pem"));
    assertFalse(Files.exists(Path.of(file("k.pem"))));
    Files.move(publicKey, Path.of(file("k.pem")));
    assertRefused(
        file("k.pem") + " already exists; --force overwrites it", "keygen", file("k.pem"));
    assertEquals("precious", Files.readString(Path.of(file("k.pem"))));
    assertFalse(Files.exists(publicKey));
  }

  @Test
  void aKeyThatIsOverwrittenByForceIsItsOwnersAloneToo() throws IOException {
    Path privateKey = Files.writeString(Path.of(file("k.pem")), "old");
    written("keygen", file("k.pem"), "--force");
    SigningKey key = SigningKey.parsePem(Files.readString(privateKey));
    assertEquals(key.verifyingKey().toPem(), Files.readString(Path.of(file("k.pub.pem"))));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(privateKey)));
  }

  @Test
  void aKeyNeedsAPlaceForBothHalves() {
    String refusal =
        "cannot write %s: there is no directory "
            + file("none")
            + "; create it, or name a file elsewhere";
    assertRefused(refusal.formatted(file("none/k.pem")), "keygen", file("none/k.pem"));
    assertRefused(
        refusal.formatted(file("none/k.pem")),
        "keygen",
        file("k.pem"),
        "--public",
        file("none/k.pem"));
    assertRefused(
        directory + " is a directory; name a file in it",
        "keygen",
        directory.toString(),
        "--force");
    assertFalse(Files.exists(Path.of(file("k.pem"))));
  }

  @Test
  void anImageIsSignedInPlaceOrElsewhere() throws IOException {
    written("keygen", file("k.pem"));
    assertEquals(
        "written: " + file("s.img") + "\n",
        written("sign", file("w.img"), "--key", file("k.pem"), "--out", file("s.img")));
    assertArrayEquals(IMAGE.bytes(), Files.readAllBytes(Path.of(file("w.img"))));
    written("sign", file("w.img"), "--key", file("k.pem"));
    byte[] signed = Files.readAllBytes(Path.of(file("s.img")));
    assertArrayEquals(signed, Files.readAllBytes(Path.of(file("w.img"))));
    VerifyingKey key = VerifyingKey.parsePem(Files.readString(Path.of(file("k.pub.pem"))));
    WeightImage.read(signed).requireSignedBy(key);
  }

  /** A device refuses signed images of a lower version. */
  @Test
  void aVersionThatNobodyChoseIsAskedFor() throws IOException {
    written("keygen", file("k.pem"));
    WeightImage first =
        WeightImage.of(
            ImageVersion.parse("0.1.0"), IMAGE.parameters(), Engine.FIXED, Map.of("note", "x"));
    Files.write(Path.of(file("f.img")), first.bytes());
    assertRefused(
        file("f.img")
            + " has version 0.1.0, the default; devices refuse signed images older than the newest"
            + " confirmed one: add --image-version 1.0.0",
        "sign",
        file("f.img"),
        "--key",
        file("k.pem"));
    assertArrayEquals(first.bytes(), Files.readAllBytes(Path.of(file("f.img"))));
    written("sign", file("f.img"), "--key", file("k.pem"), "--image-version", "2.0.0");
    WeightImage signed = WeightImage.read(Files.readAllBytes(Path.of(file("f.img"))));
    assertEquals("2.0.0", signed.version().toString());
    assertEquals(first.metadata(), signed.metadata());
    assertEquals(first.parameters(), signed.parameters());
  }

  @Test
  void whatCannotBeSignedIsLeftAlone() throws IOException {
    written("keygen", file("k.pem"));
    Files.writeString(Path.of(file("text")), "text");
    assertRefused(
        file("k.pub.pem") + ": found a PUBLIC KEY, expected a PRIVATE KEY",
        "sign",
        file("w.img"),
        "--key",
        file("k.pub.pem"));
    assertRefused(
        file("text") + " is text; Switchback reads .img, .safetensors, .npz, .npy, .onnx and .net",
        "sign",
        file("text"),
        "--key",
        file("k.pem"));
    assertRefused(
        directory + " is a directory; name a file in it",
        "sign",
        file("w.img"),
        "--key",
        file("k.pem"),
        "--out",
        directory.toString());
    assertArrayEquals(IMAGE.bytes(), Files.readAllBytes(Path.of(file("w.img"))));
    assertEquals("text", Files.readString(Path.of(file("text"))));
  }

  @Test
  void anImageIsVerifiedWithAndWithoutAKey() throws IOException {
    written("keygen", file("k.pem"));
    String start =
        file("w.img")
            + ": weight image 1.2.3+4\nform       ok\nhash       ok, "
            + IMAGE.hashText()
            + "\nnetwork    ok, 2-2-1 sigmoid,sigmoid\nsignature  ";
    assertEquals(start + "none\n", written("verify", file("w.img")));
    written("sign", file("w.img"), "--key", file("k.pem"));
    assertEquals(start + "not checked: add --key FILE\n", written("verify", file("w.img")));
    VerifyingKey key = VerifyingKey.parsePem(Files.readString(Path.of(file("k.pub.pem"))));
    for (String half : new String[] {"k.pem", "k.pub.pem"}) {
      assertEquals(
          start + "ok, by key " + key.hashText() + "\n",
          written("verify", file("w.img"), "--key", file(half)));
    }
    Map<String, Object> json =
        CommandLineRun.of("verify", file("w.img"), "-k", file("k.pub.pem"), "--json").json();
    assertEquals(IMAGE.hashText(), json.get("sha256"));
    assertEquals("1.2.3+4", json.get("version"));
    assertEquals(true, json.get("signed"));
    assertEquals(true, json.get("verified"));
  }

  @Test
  void whatIsNotAsItShouldBeIsNotVerified() throws IOException {
    written("keygen", file("k.pem"));
    VerifyingKey key = VerifyingKey.parsePem(Files.readString(Path.of(file("k.pub.pem"))));
    assertRefused(
        file("w.img") + ": TLVs: found no ED25519, expected a signature by key " + key.hashText(),
        "verify",
        file("w.img"),
        "--key",
        file("k.pub.pem"));
    byte[] bytes = IMAGE.bytes();
    bytes[0]++;
    Files.write(Path.of(file("w.img")), bytes);
    assertRefused(
        file("w.img") + ": magic at offset 0: found 0x96f3b83e, expected 0x96f3b83d",
        "verify",
        file("w.img"));
    assertRefused(directory + " is a directory", "verify", directory.toString());
  }
}
