let context: AudioContext | undefined;

/** Two short, soft notes; made here, so that no file has to be fetched. */
export function chime(): void {
  context ??= new AudioContext();
  // Made before anybody touched the page, it stays silent until it is told again; Safari also puts it to sleep.
  if (context.state !== "running") void context.resume();
  const { currentTime, destination } = context;
  for (const [index, hertz] of [660, 880].entries()) {
    const from = currentTime + index * 0.14;
    const tone = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.12, from + 0.02);
    volume.gain.linearRampToValueAtTime(0, from + 0.13);
    tone.connect(volume).connect(destination);
    tone.start(from);
    tone.stop(from + 0.14);
  }
}
