import { parseArguments } from '../../edge/arguments';

const read = [
  'read',
  '--folder',
  'photos',
  '--camera',
  'car-7',
  '--network',
  'bloomington',
  '--latitude',
  '40.48',
  '--longitude=-88.99',
  '--key',
  'key.pem',
  '--stream',
  'reads',
  '--spool',
  'spool',
];

describe('the command line of the agent', () => {
  it('takes a command with its options', () => {
    expect(parseArguments(read)).toEqual({
      kind: 'run',
      command: {
        command: 'read',
        folder: 'photos',
        camera: 'car-7',
        network: 'bloomington',
        latitude: 40.48,
        longitude: -88.99,
        key: 'key.pem',
        stream: 'reads',
        spool: 'spool',
      },
    });
    expect(parseArguments(['key', '--key', 'key.pem'])).toEqual({
      kind: 'run',
      command: { command: 'key', key: 'key.pem' },
    });
  });

  it('streams a file or a camera, and quotes no address in a problem', () => {
    const stream = (video: string) => parseArguments(['stream', '--video', video, '--stream', 'street']);
    expect(stream('day/street.mp4')).toEqual({
      kind: 'run',
      command: { command: 'stream', video: { kind: 'file', path: 'day/street.mp4' }, stream: 'street' },
    });
    expect(stream('rtsp://agent:secret@camera.local/1')).toEqual({
      kind: 'run',
      command: {
        command: 'stream',
        video: {
          kind: 'camera',
          camera: {
            host: 'camera.local',
            port: 554,
            uri: 'rtsp://camera.local/1',
            credentials: { username: 'agent', password: 'secret' },
          },
        },
        stream: 'street',
      },
    });
    for (const wrong of ['http://agent:secret@camera/', 'rtsp://agent:secret@camera:x/', 'rtsp://a:secret@'])
      expect(stream(wrong)).toEqual({
        kind: 'mistake',
        problems: ['video: neither a file nor an address rtsp://HOST[:PORT]/PATH'],
      });
  });

  it('shows its help', () => {
    expect(parseArguments(['--help'])).toEqual({ kind: 'help' });
    expect(parseArguments(['read', '-h'])).toEqual({ kind: 'help' });
  });

  it.each([
    ['no command', [], /name one command/],
    ['an unknown command', ['fly'], /command/],
    ['an unknown option', ['key', '--plate', 'x'], /unknown/],
    ['an option of another command', ['key', '--key', 'k', '--bucket', 'b'], /bucket/],
    [
      'a camera id that could break out of its folder',
      ['upload', '--folder', 'f', '--camera', '../x', '--bucket', 'b'],
      /^camera: /,
    ],
    ['a latitude beyond the pole', read.map((text) => (text === '40.48' ? '91' : text)), /^latitude: /],
  ])('names the mistake: %s', (_, argv, problem) => {
    const parsed = parseArguments(argv);
    expect(parsed.kind === 'mistake' && parsed.problems.join('\n')).toMatch(problem);
  });
});
