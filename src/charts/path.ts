/**
 * Collects what a d3 shape draws as the shortest path data there is: whole units, relative moves, no needless separator.
 *
 * Curves make up most of a page, and half of their bytes are saved this way. Points that fall on the one before are dropped.
 * A path of a single point becomes a line of no length, which a round cap shows as a dot.
 * It is the part of a canvas context that straight d3 lines and areas use. Empty gives "".
 * `perUnit` 10 keeps tenths, for drawings whose unit is the pixel.
 */
export class RelativePath {
  private readonly perUnit: number;
  private text = "";
  private x = 0;
  private y = 0;
  private startX = 0;
  private startY = 0;
  /** False between a move and what is drawn from there. */
  private drawn = true;

  constructor(perUnit = 1) {
    this.perUnit = perUnit;
  }

  moveTo(x: number, y: number): void {
    this.closeDot();
    this.x = this.startX = Math.round(x * this.perUnit);
    this.y = this.startY = Math.round(y * this.perUnit);
    this.text += `M${this.x / this.perUnit}${next(this.y / this.perUnit)}`;
    this.drawn = false;
  }

  lineTo(x: number, y: number): void {
    const toX = Math.round(x * this.perUnit);
    const toY = Math.round(y * this.perUnit);
    const dx = (toX - this.x) / this.perUnit;
    const dy = (toY - this.y) / this.perUnit;
    if (dx === 0 && dy === 0) return;
    this.text += this.drawn ? next(dx) + next(dy) : `l${dx}${next(dy)}`;
    this.drawn = true;
    this.x = toX;
    this.y = toY;
  }

  closePath(): void {
    this.text += this.drawn ? "z" : "h0";
    this.drawn = true;
    this.x = this.startX;
    this.y = this.startY;
  }

  toString(): string {
    this.closeDot();
    return this.text;
  }

  private closeDot(): void {
    if (this.drawn) return;
    this.text += "h0";
    this.drawn = true;
  }
}

/** A number after another one: a minus separates by itself. */
function next(value: number): string {
  return value < 0 ? `${value}` : ` ${value}`;
}
