"""The icons, by name: paths on a field of 24 by 24, drawn as lines by the class hv-i."""

FALLBACK = "tile"

ICONS: dict[str, str] = {
    # Meaning
    "check": '<path d="M4 12.5l5.5 5.5L20 6.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.3"/>',
    "warning": '<path d="M12 3.5L22 20.5H2zM12 10v5M12 17.7v.3"/>',
    "error": '<path d="M8 2.8h8L21.2 8v8L16 21.2H8L2.8 16V8zM12 7.5v6M12 16.2v.3"/>',
    # Actions
    "up": '<path d="M12 20V5M5 12l7-7 7 7"/>',
    "down": '<path d="M12 4v15M5 12l7 7 7-7"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    # The thread: choosing, talking, weighing, deciding, writing, measuring
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.3M4.5 12h.3M4.5 18h.3"/>',
    "talk": '<path d="M4 5h16v11h-9l-4.5 4v-4H4z"/>',
    "scales": '<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z"/>',
    "flag": '<path d="M6 21V4h12l-2.5 4L18 12H6"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM9 12h6M9 16h6"/>',
    "chart": '<path d="M4 20h16M6.5 16v-4M12 16V8M17.5 16V5"/>',
    "people": (
        '<circle cx="9" cy="8" r="3"/><path d="M3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.5a3 3 0 0 1 0 5.5'
        'M17.5 14.5c2.2.7 3.5 2.5 3.5 5.5"/>'
    ),
    # Themes
    "tile": '<rect x="4" y="4" width="16" height="16" rx="3"/>',
    "parking": '<rect x="4" y="4" width="16" height="16" rx="3"/>'
    '<path d="M10 17V8h3a2.6 2.6 0 0 1 0 5.2h-3"/>',
    "speed": '<path d="M4.5 17a8 8 0 1 1 15 0M12 15l4-5M7 17h10"/>',
    "neighbours": '<path d="M3 20V10l4.5-4L12 10l4.5-4L21 10v10zM12 10v10M7 14h1M16 14h1"/>',
    "lamp": '<path d="M8 21V6a4 4 0 0 1 8 0v1M13 7h6l1.5 4h-9zM5 21h6"/>',
    "waste": '<path d="M5 8h14l-1.4 12H6.4zM3.5 8h17M9 8V5h6v3M10 12v4M14 12v4"/>',
    "dog": '<path d="M4 10l3-4 2 3h6l3-2 2 4-3 1v7h-2.5v-4h-5v4H7v-6.5z"/>',
    "youth": (
        '<circle cx="8" cy="8" r="2.6"/><circle cx="16" cy="8" r="2.6"/><path d="M3.5 19c0-3.6 1.8-5.5'
        ' 4.5-5.5 1.8 0 3.2.9 4 2.4.8-1.5 2.2-2.4 4-2.4 2.7 0 4.5 1.9 4.5 5.5"/>'
    ),
    "door": '<path d="M5 21V4h11v17M3 21h18M12.5 12v1.5M16 7l4 1.5V21"/>',
    "person": '<circle cx="12" cy="7" r="3"/><path d="M6 20v-3c0-3 2.5-4.5 6-4.5s6 1.5 6 4.5v3M12 16v4"/>',
    "shield": '<path d="M12 20.5c-4.5-2-7-5-7-9V6l7-2.5L19 6v5.5c0 4-2.5 7-7 9zM12 8.5v4M12 15.7v.3"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2M12 7v4M12 13.2v.3"/>',
    "glass": '<path d="M5 4h14l-7 8zM12 12v7M8.5 20h7"/>',
    "tray": '<path d="M4 13l3-8h10l3 8v6H4zM4 13h5l1.5 2.5h3L15 13h5"/>',
}
