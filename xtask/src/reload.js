// Only in `cargo xtask serve`: loads the page anew when it has been built anew.
// Each request waits at the server until the build differs from the one named.

const built = "{{build}}";
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

for (;;) {
  try {
    const response = await fetch(`/reload?built=${built}`);
    if (response.ok && (await response.text()) !== built) {
      location.reload();
      break;
    }
  } catch {
    // The server has ended; it may come back.
    await pause(1000);
  }
}
