import { parseStartArguments } from '../../../scripts/start/arguments';

describe('the options of npm start', () => {
  it('are all optional', () => {
    expect(parseStartArguments([])).toEqual({ isHelp: false, isServing: false });
  });

  it('name photos and video to use instead of drawn ones', () => {
    expect(parseStartArguments(['--images', 'photos', '--video', 'street.mp4', '--serve'])).toEqual({
      isHelp: false,
      isServing: true,
      imagesFolder: 'photos',
      videoFile: 'street.mp4',
    });
  });

  it('are refused when they do not exist', () => {
    expect(() => parseStartArguments(['--fast'])).toThrow("Unknown option '--fast'");
  });
});
