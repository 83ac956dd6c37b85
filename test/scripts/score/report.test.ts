import { reliability } from '../../../scripts/score/intervals';
import { missesPage } from '../../../scripts/score/misses-page';
import { reliabilityChart } from '../../../scripts/score/reliability-chart';

describe('the report of a score', () => {
  it('draws one dot for each bin of confidences, above the diagonal where the reader was right more often', () => {
    const chart = reliabilityChart(
      reliability([
        { confidence: 0.5, isRight: true },
        { confidence: 0.95, isRight: true },
        { confidence: 0.95, isRight: false },
      ]),
    );
    expect(chart.match(/<circle [^>]*>/g)?.map((dot) => dot.slice(0, 31))).toEqual([
      '<circle cx="204.0" cy="44.0" r=',
      '<circle cx="348.0" cy="204.0" r',
    ]);
  });

  it('shows each miss beside its crop, what was accepted first, with nothing of a photo’s name as markup', () => {
    const crop = Buffer.from('made-up');
    const page = missesPage([
      { name: '<b>.jpg', plate: 'TEST123', crop },
      {
        name: 'b.jpg',
        plate: 'TEST456',
        crop,
        read: { plate: 'TEST458', confidence: 0.9, outcome: 'accepted' },
      },
    ]);
    expect(page.indexOf('TEST458')).toBeLessThan(page.indexOf('TEST123'));
    expect(page).toContain('data:image/jpeg;base64,bWFkZS11cA==');
    expect(page).toContain('&lt;b&gt;.jpg');
    expect(page).not.toContain('<b>');
  });
});
