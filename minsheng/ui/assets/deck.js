// The slides of a meeting, drawn here so that neither a slow line nor a lost one stops the meeting.
// All words arrive as data and are set as text. The slide stands in the address (slide=4).
const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined && text !== '') made.textContent = text;
    return made;
};
const percent = (share) => `${Math.max(0, share) * 100}%`;

function address() { return new URL(window.location.href); }

function place(count) {
    const wanted = parseInt(address().searchParams.get('slide') || '1', 10);
    return Math.min(Math.max(Number.isNaN(wanted) ? 1 : wanted, 1), count) - 1;
}

function remember(at) {
    const url = address();
    url.searchParams.set('slide', at + 1);
    window.history.replaceState(window.history.state, '', url);
}

function figures(slide) {
    const row = make('div', 'figures');
    for (const each of slide.figures) {
        const tile = make('div', 'figure'), number = make('div', `number ${each.light || ''}`);
        number.append(`${each.shape}${each.shape ? ' ' : ''}${each.value}`);
        tile.append(number, make('div', 'name', each.name), make('div', 'small', each.note));
        row.append(tile);
    }
    return row;
}

function bars(slide, words, open) {
    const box = make('div'), list = make('div', 'bars');
    const used = new Set();
    for (const bar of slide.bars) {
        const row = make('div', 'row');
        const label = bar.project ? open(make('a', 'label'), bar.project) : make('span', 'label');
        if (bar.shape) label.append(make('span', bar.light, bar.shape), ' ');
        label.append(bar.label);
        if (bar.note) label.append(make('span', 'small', bar.note));
        const track = make('div', 'track');
        const part = (kind, from, to) => {
            const piece = make('i', kind);
            piece.style.left = percent(from);
            piece.style.width = percent(to - from);
            track.append(piece);
        };
        part('full', 0, 1);
        if (bar.drawn.solid !== null) part(bar.quiet ? 'fill quiet' : 'fill', 0, bar.drawn.solid);
        if (bar.drawn.hatched !== null) part('fill open', 0, bar.drawn.hatched);
        for (const each of bar.drawn.strip) part('under', each.start, each.end);
        const tick = (kind, at) => {
            const line = make(kind === 'claimed' ? 'u' : 'b', kind);
            line.style.left = percent(at);
            track.append(line);
        };
        tick('hundred', 1);
        if (bar.drawn.due !== null) tick('due', bar.drawn.due);
        if (bar.drawn.claim !== null) tick('claimed', bar.drawn.claim);
        for (const [kind, is] of [['open', bar.drawn.hatched !== null], ['under', bar.drawn.strip.length],
            ['claimed', bar.drawn.claim !== null], ['due', bar.drawn.due !== null]]) if (is) used.add(kind);
        row.append(label, track, make('span', 'value', bar.value));
        list.append(row);
    }
    box.append(list);
    if (used.size) {
        const legend = make('div', 'legend');
        for (const kind of ['open', 'under', 'claimed', 'due'])
            if (used.has(kind)) legend.append(make('span', kind, words[kind]));
        box.append(legend);
    }
    return box;
}

function items(slide, open) {
    const list = make('div', slide.items.length < 3 ? 'items few' : 'items');
    for (const each of slide.items) {
        const card = open(make('a', 'item'), each.project), title = make('p', 'title');
        if (each.shape) title.append(make('span', each.light, each.shape), ' ');
        title.append(each.title);
        card.append(title, make('p', '', each.words), make('p', 'small', each.small));
        list.append(card);
    }
    return list;
}

// The type is as large as the slide has room for; long words make it smaller rather than fall off.
function fit(body) {
    if (window.innerWidth <= 700) return body.style.removeProperty('--fit');
    for (let scale = 1.5; scale > 0.45; scale -= 0.04) {
        body.style.setProperty('--fit', scale.toFixed(2));
        if (body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1) return;
    }
}

export default function ({ data: packed, parentElement, setTriggerValue }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    const { slides, words } = data;
    const dark = parentElement.querySelector('.deck')?.hasAttribute('data-dark') ?? data.dark;
    parentElement.stop?.(); // drawn again with newer figures
    const deck = make('div', 'deck');
    deck.tabIndex = -1;
    deck.setAttribute('role', 'region');
    deck.setAttribute('aria-label', words.deck);
    for (const [name, colour] of Object.entries(data.colours)) deck.style.setProperty(`--${name}`, colour);
    deck.toggleAttribute('data-dark', dark);
    let at = place(slides.length), timer = 0, typed = '', typing = 0;

    const open = (link, project) => {
        const url = address();
        link.href = data.project.replace('%s', encodeURIComponent(project));
        link.onclick = (event) => {
            if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            setTriggerValue('detour', { project, slide: at + 1 });
        };
        return link;
    };

    const draw = () => {
        const slide = slides[at];
        deck.className = `deck ${slide.part}`;
        const header = make('header');
        header.append(make('h1', '', slide.title));
        if (slide.note) header.append(make('p', 'note', slide.note));
        const body = make('div', 'body');
        if (slide.figures.length) body.append(figures(slide));
        if (slide.bars.length) body.append(bars(slide, words, open));
        if (slide.items.length) body.append(items(slide, open));
        const footer = make('footer'), nav = make('nav');
        const button = (words_, call, off) => {
            const made = make('button', '', words_);
            made.type = 'button'; made.disabled = Boolean(off); made.onclick = call;
            return made;
        };
        nav.append(button(words.previous, () => go(at - 1), at === 0),
            make('span', 'at', `${at + 1} / ${slides.length}`),
            button(words.next, () => go(at + 1), at === slides.length - 1));
        footer.append(make('div', 'where', data.foot), nav);
        const code = make('div', 'qr'), picture = make('img');
        picture.src = slide.qr; picture.alt = words.scan;
        code.append(picture, words.scan);
        (slide.part === 'cover' ? body : footer).append(code);
        const leave = make('div', 'leave');
        leave.append(button(words.full, full), button(words.dark, shade), button(words.leave, quit));
        deck.replaceChildren(header, body, footer, leave, make('div', 'jump'));
        fit(body);
        document.fonts?.ready.then(() => fit(body));
    };
    const wait = () => {
        window.clearTimeout(timer);
        if (data.advance && at < slides.length - 1) timer = window.setTimeout(() => go(at + 1), data.advance * 1000);
    };
    const go = (to) => {
        at = Math.min(Math.max(to, 0), slides.length - 1);
        remember(at); draw(); wait();
        deck.focus({ preventScroll: true });
    };
    const full = () => (document.fullscreenElement ? document.exitFullscreen()
        : document.documentElement.requestFullscreen?.().catch(() => {}));
    const shade = () => { deck.toggleAttribute('data-dark'); };
    const quit = () => {
        window.clearTimeout(timer);
        if (document.fullscreenElement) document.exitFullscreen();
        setTriggerValue('leave', at + 1);
    };
    const jump = (digit) => {
        window.clearTimeout(typing);
        typed = (typed + digit).slice(-4);
        deck.querySelector('.jump').textContent = words.jump.replace('%s', typed);
        typing = window.setTimeout(land, 1500);
    };
    const land = () => {
        window.clearTimeout(typing);
        const wanted = parseInt(typed, 10);
        typed = '';
        deck.querySelector('.jump').textContent = '';
        if (wanted) go(wanted - 1);
    };
    const FORTH = ['ArrowRight', 'ArrowDown', 'PageDown', ' '], BACK = ['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace'];
    const key = (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const pressed = event.key, onButton = event.composedPath()[0]?.tagName === 'BUTTON';
        if (pressed === 'Enter' && typed) land();
        else if (onButton && (pressed === ' ' || pressed === 'Enter')) return;
        else if (FORTH.includes(pressed)) go(at + 1);
        else if (BACK.includes(pressed)) go(at - 1);
        else if (pressed === 'Home') go(0);
        else if (pressed === 'End') go(slides.length - 1);
        else if (pressed === 'Escape') quit();
        else if (/^[0-9]$/.test(pressed)) jump(pressed);
        else if (pressed === 'f' || pressed === 'F') full();
        else if (pressed === 'd' || pressed === 'D') shade();
        else return;
        event.preventDefault();
        event.stopPropagation();
    };
    let from = null;
    deck.addEventListener('touchstart', (event) => { from = event.touches[0]; }, { passive: true });
    deck.addEventListener('touchend', (event) => {
        if (!from) return;
        const to = event.changedTouches[0], dx = to.clientX - from.clientX, dy = to.clientY - from.clientY;
        from = null;
        if (Math.abs(dx) > 50 && Math.abs(dx) > 1.5 * Math.abs(dy)) go(at + (dx < 0 ? 1 : -1));
    }, { passive: true });
    const resized = () => fit(deck.querySelector('.body'));
    window.addEventListener('keydown', key, true);
    window.addEventListener('resize', resized);
    parentElement.append(deck);
    draw(); wait();
    deck.focus({ preventScroll: true });
    parentElement.stop = () => {
        window.removeEventListener('keydown', key, true);
        window.removeEventListener('resize', resized);
        window.clearTimeout(timer); window.clearTimeout(typing);
        deck.remove();
    };
    return () => parentElement.stop();
}
