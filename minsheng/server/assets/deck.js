// The slides of a meeting, drawn here so that neither a slow line nor a lost one stops the meeting.
// All words arrive as data and are set as text. The slide stands in the address (slide=4).
const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined && text !== '') made.textContent = text;
    return made;
};
const percent = (share) => `${Math.min(Math.max(0, share), 1) * 100}%`;
const IDLE = 3000; // milliseconds without movement until the buttons fade

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

function run(each, open) {
    const made = each.project ? open(make('a'), each.project) : make('span');
    made.className = `${each.tone}${each.strong ? ' strong' : ''}`;
    made.textContent = each.text.replace(/(\d) (?=\S)/g, '$1\u00a0'); // a number keeps its unit
    return made;
}

function line(each, open) {
    const made = make('p', each.small ? 'small' : '');
    made.append(...each.runs.map((one) => run(one, open)));
    return made;
}

// What is decided to be drawn of a figure: solid, hatched, strip, mark, diamond.
function track(bar, of, pale) {
    const box = make('div', 'track');
    box.style.setProperty('--of', of);
    const part = (kind, from, to) => {
        const piece = make('i', kind);
        piece.style.left = percent(from);
        if (to !== undefined) piece.style.width = percent(to - from);
        box.append(piece);
        return piece;
    };
    if (bar.solid !== null) part(pale ? 'fill pale' : 'fill', 0, bar.solid);
    if (bar.hatched !== null) part('hatched', 0, bar.hatched);
    bar.strip.forEach((each, at) => part('strip', each.start, each.end)
        .style.setProperty('--of', `var(--step-${4 - Math.min(bar.strip.length - at, 4)})`));
    if (bar.due !== null) part('due', bar.due);
    if (bar.claim !== null) part('claimed', bar.claim);
    return box;
}

function table(slide, open) {
    const { columns, rows } = slide.table, head = make('div', 'head'), list = make('div', 'rows');
    const widths = columns.map((each) => `minmax(0, ${each.width}fr)`).join(' ');
    head.style.gridTemplateColumns = widths;
    columns.forEach((each, at) => head.append(make('span', `${each.align}${rows.some((r) => r.cells[at].bar) ? ' bars' : ''}`, each.head)));
    let group = '';
    for (const row of rows) {
        const own = row.group ? row.group.runs.map((each) => each.text).join('') : '';
        if (own && own !== group) {
            const heading = make('div', 'group');
            heading.append(line(row.group, open));
            list.append(heading);
        }
        group = own;
        const made = row.project ? open(make('a', 'row'), row.project) : make('div', 'row');
        made.style.gridTemplateColumns = widths;
        // Links do not stand in links: in a row that is one, its words are plain.
        const inside = row.project ? (link) => link : open;
        row.cells.forEach((cell, at) => {
            const box = make('div', `cell ${columns[at].align}${cell.bar ? ' bar' : ''}`);
            box.append(...cell.lines.map((each) => line(each, inside)));
            if (cell.bar) box.append(track(cell.bar.bar, `var(--${cell.bar.light ?? 'mean'})`, cell.bar.pale));
            made.append(box);
        });
        list.append(made);
    }
    return [head, list];
}

function plan({ plan: { bar, lights }, shown }) {
    const box = make('div', 'sketch'), whole = make('div', 'whole'), row = make('div', 'lights');
    if (shown.due) {
        const when = make('div', 'when', shown.due);
        when.style.left = `clamp(5em, ${percent(bar.due)}, 100% - 5em)`;
        whole.append(when);
    }
    const drawn = track({ ...bar, claim: null }, 'var(--mean)');
    if (bar.claim !== null) {
        const surplus = make('i', 'surplus'), said = make('span', 'said', shown.claimed);
        surplus.style.left = percent(bar.solid);
        surplus.style.width = percent(bar.claim - bar.solid);
        if (bar.claim < 0.72) said.style.left = percent(bar.claim); else said.style.right = 0;
        drawn.append(surplus, said);
    }
    drawn.append(make('span', bar.solid > 0.25 ? 'counted' : 'counted outside', shown.counted));
    whole.append(drawn);
    const most = Math.max(...lights.map(([, count]) => count));
    lights.forEach(([light, count], at) => {
        const one = make('div', 'light');
        one.style.flex = `${count} 1 0`;
        one.style.setProperty('--of', `var(--ink-${light})`);
        one.style.setProperty('--word', `var(--ink-${light})`);
        one.style.setProperty('--share', `${count / most * 55}%`);
        one.append(make('b', '', String(count)), make('span', '', shown.lights[at]));
        row.append(one);
    });
    box.append(whole, row);
    return box;
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
    const paint = () => {
        for (const [name, pair] of Object.entries(data.colours)) deck.style.setProperty(`--${name}`, pair[deck.hasAttribute('data-dark') ? 1 : 0]);
    };
    deck.toggleAttribute('data-dark', dark);
    paint();
    let at = place(slides.length), timer = 0, typed = '', typing = 0, resting = 0;

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
        deck.className = `deck part-${slide.part}`;
        const header = make('header'), title = make('h1', '', slide.title), body = make('div', 'body');
        if (slide.alert) title.append(make('span', 'alert', slide.alert));
        if (slide.of > 1) title.append(' ', make('small', '', `${slide.at} / ${slide.of}`));
        header.append(title);
        body.append(...slide.lines.map((each) => make('p', '', each)));
        if (slide.plan) body.append(plan(slide));
        if (slide.table) body.append(...table(slide, open));
        if (slide.qr) {
            const code = make('div', 'qr'), picture = make('img');
            picture.src = slide.qr; picture.alt = words.scan;
            code.append(picture, words.scan);
            (at ? header : body).append(code);
        }
        if (slide.noQr && !at) body.append(make('div', 'qr', slide.noQr));
        const footer = make('footer'), nav = make('nav');
        footer.append(make('div', 'where', slide.foot), make('div', 'at', `${at + 1} / ${slides.length}`));
        const button = (words_, call, off) => {
            const made = make('button', '', words_);
            made.type = 'button'; made.disabled = Boolean(off); made.onclick = call;
            return made;
        };
        nav.append(button(words.previous, () => go(at - 1), at === 0), button(words.next, () => go(at + 1), at === slides.length - 1),
            button(words.full, full), button(words.dark, shade), button(words.leave, quit));
        deck.replaceChildren(header, body, footer, nav, make('div', 'jump'));
    };
    const stir = () => {
        window.clearTimeout(resting);
        deck.removeAttribute('data-idle');
        resting = window.setTimeout(() => deck.setAttribute('data-idle', ''), IDLE);
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
    const shade = () => { deck.toggleAttribute('data-dark'); paint(); };
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
    window.addEventListener('keydown', key, true);
    deck.addEventListener('pointermove', stir);
    deck.addEventListener('touchstart', stir, { passive: true });
    parentElement.append(deck);
    draw(); wait(); stir();
    deck.focus({ preventScroll: true });
    parentElement.stop = () => {
        window.removeEventListener('keydown', key, true);
        window.clearTimeout(resting);
        window.clearTimeout(timer); window.clearTimeout(typing);
        deck.remove();
    };
    return () => parentElement.stop();
}
